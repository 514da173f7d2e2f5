import { asError, PaperlessError } from '../../../api/errors';
import type { Context, Outcome } from '../../../toolkit/operation';
import { idFrom } from '../../../documents/documentIds';

/** One request for all; where one id spoils it, each by itself, so that the others are not lost. */
export async function actOnTrash(
	{ api }: Context,
	action: 'restore' | 'empty',
	wanted: readonly string[],
	done: (id: number) => Record<string, unknown>,
): Promise<Outcome[]> {
	const ids = wanted.map((text) => {
		try {
			return idFrom(text, 'Document ID', 'documentId');
		} catch (thrown) {
			return asError(thrown);
		}
	});
	const unique = [...new Set(ids.filter((id) => typeof id === 'number'))];
	const attempt = async (...some: [number, ...number[]]) =>
		await api.trash.act(action, some).then(() => undefined, asError);
	// That is all that the server finds fault with in a list of ids.
	const explained = (id: number, error: Error) =>
		error instanceof PaperlessError && error.kind === 'invalid'
			? new PaperlessError('notFound', `Document ${id} is not in the trash`, {
					description:
						'It may still be in the archive, or be destroyed already. “Get Many” of the trash shows what is in it.',
					parameter: 'documentId',
				})
			: error;
	const refusals = new Map<number, Error>();
	const [first, ...others] = unique;
	const refused = first === undefined ? undefined : await attempt(first, ...others);
	const single =
		unique.length === 1 ||
		!(refused instanceof PaperlessError) ||
		!['invalid', 'forbidden'].includes(refused.kind);
	for (const id of refused ? unique : []) {
		const own = single ? refused : await attempt(id);
		if (own) refusals.set(id, explained(id, own));
	}
	return ids.map((id) => {
		if (id instanceof Error) return id;
		return refusals.get(id) ?? [{ json: done(id) }];
	});
}
