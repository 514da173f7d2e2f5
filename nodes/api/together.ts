import { asError, isPaperlessError } from './errors';

/**
 * Sends one request for all ids. Paperless-ngx refuses such a request as a whole when it does not
 * accept a single id, so a refusal (invalid, forbidden, not found) is followed by one request per
 * id. Returns the ids that were refused, with the reason.
 */
export async function together(
	ids: readonly number[],
	send: (ids: number[]) => Promise<unknown>,
): Promise<Map<number, Error>> {
	const unique = [...new Set(ids)];
	const refusals = new Map<number, Error>();
	if (unique.length === 0) return refusals;
	const attempt = async (some: number[]) => await send(some).then(() => undefined, asError);
	const refused = await attempt(unique);
	const isDecidedPerId =
		unique.length > 1 && isPaperlessError(refused, 'invalid', 'forbidden', 'notFound');
	for (const id of refused ? unique : []) {
		const refusal = isDecidedPerId ? await attempt([id]) : refused;
		if (refusal) refusals.set(id, refusal);
	}
	return refusals;
}
