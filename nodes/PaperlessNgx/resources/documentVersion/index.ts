import type { Resource } from '../../../toolkit/operation';
import { del, rename, upload } from './operations';

export const documentVersion: Resource = {
	value: 'documentVersion',
	name: 'Document Version',
	operations: [upload, del, rename],
};
