import type { Resource } from '../../../toolkit/operation';
import { del } from './delete.operation';
import { download } from './download.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { getMetadata } from './getMetadata.operation';
import { mergeAsVersions } from './mergeAsVersions.operation';
import { rename } from './rename.operation';
import { upload } from './upload.operation';

export const documentVersion: Resource = {
	value: 'documentVersion',
	name: 'Document Version',
	operations: [upload, del, download, get, getMany, getMetadata, mergeAsVersions, rename],
};
