import type { Resource } from '../../toolkit/operation';
import { correspondent } from './correspondent';
import { document } from './document';
import { documentType } from './documentType';
import { storagePath } from './storagePath';
import { tag } from './tag';

export const resources: readonly Resource[] = [
	document,
	correspondent,
	documentType,
	storagePath,
	tag,
];
