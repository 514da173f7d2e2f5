import type { PaperlessError } from './errors';
import { isPaperlessError } from './errors';

/**
 * True for the ways in which a server says that it did not complete a bulk edit or crashed over a
 * change. A locked database is the usual reason (docs/paperless-api.md#locked-database).
 */
export const mayBeLocked = (thrown: unknown): thrown is PaperlessError =>
	isPaperlessError(thrown, 'invalid')
		? thrown.message.startsWith('Error performing ')
		: isPaperlessError(thrown, 'unavailable') && [undefined, 500].includes(thrown.status);
