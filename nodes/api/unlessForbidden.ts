import { isPaperlessError } from './errors';

/** What a request returns, or something else where the token's user may not make it. */
export const unlessForbidden = async <T, Otherwise>(
	request: Promise<T>,
	otherwise: Otherwise,
): Promise<T | Otherwise> =>
	await request.then(
		(found) => found,
		(thrown: unknown) => {
			if (isPaperlessError(thrown, 'forbidden')) return otherwise;
			throw thrown;
		},
	);
