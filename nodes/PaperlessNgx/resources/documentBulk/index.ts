import type { Resource } from '../../../toolkit/operation';
import { del } from './delete.operation';
import { reprocess } from './reprocess.operation';
import { setCorrespondent } from './setCorrespondent.operation';
import { setDocumentType } from './setDocumentType.operation';
import { setPermissions } from './setPermissions.operation';
import { setStoragePath } from './setStoragePath.operation';
import { updateCustomFields } from './updateCustomFields.operation';
import { updateTags } from './updateTags.operation';

export const documentBulk: Resource = {
	value: 'documentBulk',
	name: 'Document (Bulk)',
	operations: [
		reprocess,
		del,
		setCorrespondent,
		setDocumentType,
		setPermissions,
		setStoragePath,
		updateCustomFields,
		updateTags,
	],
};
