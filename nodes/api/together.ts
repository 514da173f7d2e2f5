import { asError, isPaperlessError } from './errors';

/**
 * Sends one request for all ids. Paperless-ngx rejects such a request as a whole when it does not
 * accept a single id. After a rejection (invalid, forbidden, not found) each id is therefore sent
 * alone. Returns the rejected ids with the reason.
 */
export async function together(
	ids: readonly number[],
	send: (ids: number[]) => Promise<unknown>,
): Promise<Map<number, Error>> {
	const unique = [...new Set(ids)];
	const rejections = new Map<number, Error>();
	if (unique.length === 0) return rejections;
	const attempt = async (some: number[]) => await send(some).then(() => undefined, asError);
	const rejected = await attempt(unique);
	const isDecidedPerId =
		unique.length > 1 && isPaperlessError(rejected, 'invalid', 'forbidden', 'notFound');
	for (const id of rejected ? unique : []) {
		const rejection = isDecidedPerId ? await attempt([id]) : rejected;
		if (rejection) rejections.set(id, rejection);
	}
	return rejections;
}
