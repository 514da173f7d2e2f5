import { PaperlessError } from './errors';
import { unknownOutcome } from './explainFailure';

/** The error of a write whose outcome was unknown, now that it is known. */
export const withOutcome = (error: PaperlessError, outcome: string): PaperlessError =>
	new PaperlessError(error.kind, error.message, {
		...error,
		description: `${error.description.replace(unknownOutcome, '').trim()} ${outcome}`.trim(),
	});
