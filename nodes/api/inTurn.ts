import { asError } from './errors';

const turns = new Map<string, Promise<unknown>>();

/**
 * Runs work that is about the same thing one after the other, in all executions of this process. The
 * key names the thing. Other processes are not known here.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = turns.get(key) ?? Promise.resolve();
	const mine = before.then(work);
	const settled = mine.then(() => undefined, asError);
	turns.set(key, settled);
	await settled;
	if (turns.get(key) === settled) turns.delete(key);
	return await mine;
}
