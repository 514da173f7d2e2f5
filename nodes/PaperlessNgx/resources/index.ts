import type { Resource } from '../../toolkit/operation';
import { correspondent } from './correspondent';
import { document } from './document';
import { documentType } from './documentType';
import { note } from './note';
import { shareLink } from './shareLink';
import { shareLinkBundle } from './shareLinkBundle';
import { storagePath } from './storagePath';
import { tag } from './tag';
import { trash } from './trash';

export const resources: readonly Resource[] = [
	document,
	correspondent,
	documentType,
	note,
	shareLink,
	shareLinkBundle,
	storagePath,
	tag,
	trash,
];
