import type { PaperlessError } from './errors';
import { isPaperlessError } from './errors';

/** Whether a write may have happened, wholly or in part, although the server did not say so. */
export const isReplyLost = (thrown: unknown): thrown is PaperlessError =>
	isPaperlessError(thrown, 'interrupted', 'unexpectedReply', 'unavailable', 'notPaperless');
