import { asError, isPaperlessError } from './errors';

/**
 * Sends one request for all ids. Paperless-ngx refuses such a request as a whole when it does not
 * accept a single id, so a refusal (invalid, forbidden, not found) is followed by one request per
 * id. `send` never receives an empty list. Returns the ids that were refused, with the reason.
 */
export async function together(
	ids: readonly number[],
	send: (ids: [number, ...number[]]) => Promise<unknown>,
): Promise<Map<number, Error>> {
	const refusals = new Map<number, Error>();
	const unique = [...new Set(ids)];
	const [first, ...others] = unique;
	if (first === undefined) return refusals;
	const attempt = async (...some: [number, ...number[]]) =>
		await send(some).then(() => undefined, asError);
	const refused = await attempt(first, ...others);
	const isDecidedPerId =
		others.length > 0 && isPaperlessError(refused, 'invalid', 'forbidden', 'notFound');
	for (const id of refused ? unique : []) {
		const refusal = isDecidedPerId ? await attempt(id) : refused;
		if (refusal) refusals.set(id, refusal);
	}
	return refusals;
}

/** Sends one request per id. Returns the ids that were refused, with the reason. */
export async function each(
	ids: readonly number[],
	send: (id: number) => Promise<unknown>,
): Promise<Map<number, Error>> {
	const refusals = new Map<number, Error>();
	for (const id of new Set(ids)) {
		const refusal = await send(id).then(() => undefined, asError);
		if (refusal) refusals.set(id, refusal);
	}
	return refusals;
}
