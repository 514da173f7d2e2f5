import type { Resource } from '../../../toolkit/operation';
import { del } from './delete.operation';
import { rename } from './rename.operation';
import { upload } from './upload.operation';

export const documentVersion: Resource = {
	value: 'documentVersion',
	name: 'Document Version',
	operations: [upload, del, rename],
};
