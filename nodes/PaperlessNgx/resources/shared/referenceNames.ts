import type { Kind } from '../../../api/kinds';
import { namer } from '../../../documents/output/namer';
import type { Context } from '../../../toolkit/operation';

/** The ids that a row refers to, by kind. */
export type References = Partial<Record<Kind, ReadonlyArray<number | null | undefined>>>;

/** The references of several rows together. */
export function allReferences(several: readonly References[]): References {
	const together: Partial<Record<Kind, Set<number | null | undefined>>> = {};
	for (const references of several) {
		for (const [kind, ids] of Object.entries(references) as Array<[Kind, Array<number | null>]>) {
			const known = (together[kind] ??= new Set());
			for (const id of ids) known.add(id);
		}
	}
	return Object.fromEntries(
		Object.entries(together).map(([kind, ids]) => [kind, [...ids]]),
	) as References;
}

/** A function that names references; null for none and for what the token’s user may not see. */
export async function referenceNames(
	context: Context,
	references: References,
): Promise<(kind: Kind, id: unknown) => string | null> {
	const namers = new Map(
		await Promise.all(
			(Object.entries(references) as Array<[Kind, number[]]>).map(
				async ([kind, ids]) => [kind, await namer(context, kind, ids)] as const,
			),
		),
	);
	return (kind, id) => {
		const name = namers.get(kind)?.(id);
		return typeof name === 'string' ? name : null;
	};
}
