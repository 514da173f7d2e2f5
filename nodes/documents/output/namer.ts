import { isPaperlessError } from '../../api/errors';
import type { Kind } from '../../api/kinds';
import type { Context } from '../../toolkit/operation';

/**
 * A function that turns ids into names and leaves ids that it does not know. A user may see a
 * document without being allowed to list its tags; then all ids stay.
 */
export async function namer(
	{ names }: Context,
	kind: Kind,
	ids: readonly unknown[],
): Promise<(id: unknown) => unknown> {
	const numbers = ids.filter((id) => typeof id === 'number');
	const known = await names.namesOf(kind, numbers).catch((error: unknown) => {
		if (isPaperlessError(error, 'forbidden')) return new Map<number, string>();
		throw error;
	});
	return (id) => (typeof id === 'number' ? (known.get(id) ?? id) : (id ?? null));
}
