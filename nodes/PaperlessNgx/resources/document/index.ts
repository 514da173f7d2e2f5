import type { Resource } from '../../../toolkit/operation';
import { del } from './delete.operation';
import { download } from './download.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';
import { upload } from './upload.operation';

export const document: Resource = {
	value: 'document',
	name: 'Document',
	operations: [upload, get, getMany, update, download, del],
};
