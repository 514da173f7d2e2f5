import { asError } from '../api/errors';

/** Does work. Where it fails, `explain` returns the error to throw: a better one, or the same. */
export async function explaining<T>(
	work: () => Promise<T>,
	explain: (error: Error) => Error | Promise<Error>,
): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		throw await explain(asError(thrown));
	}
}
