import type { DocumentVersion } from '../../../api/versions';
import type { Json } from '../../../toolkit/operation';

/** A version beside its document. The newest is the file that everything shows by default. */
export const presentVersion = (
	document: number,
	version: DocumentVersion,
	isNewest: boolean,
): Json => ({ document, ...version, is_newest: isNewest });
