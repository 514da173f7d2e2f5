import { asError } from '../api/errors';

/** Returns the error in place of throwing it. */
export async function attempt<T>(work: () => T | Promise<T>): Promise<T | Error> {
	try {
		return await work();
	} catch (thrown) {
		return asError(thrown);
	}
}
