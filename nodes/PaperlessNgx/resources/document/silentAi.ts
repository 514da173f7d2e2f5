import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import { inSentences } from '../../../api/inSentences';

/** The error for a question that the server's AI left without an answer. */
export const silentAi = (reason: string, status?: number): PaperlessError =>
	new PaperlessError('unavailable', 'The AI of the server did not answer', {
		description: `${reason} The question was sent once and not repeated. Check the AI settings of Paperless-ngx; its log says more.`,
		status,
	});

/**
 * Names the AI where the server, or a proxy that waited for it, gave up. The server answers 503 or
 * 502 in words and 500 without any (docs/paperless-api.md#replies-that-are-not-repeated).
 */
export function asSilentAi(thrown: unknown): Error {
	const error = asError(thrown);
	if (!isPaperlessError(error, 'unavailable', 'interrupted')) return error;
	return silentAi(inSentences(error.message, error.description), error.status);
}
