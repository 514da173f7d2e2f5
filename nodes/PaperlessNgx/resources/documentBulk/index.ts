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
	builderHint:
		'For one change to many documents: those of all input items, a list of IDs, or all that match filters. Dry Run shows which.',
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
