import { z } from 'zod';
import type { Change } from './cursor';
import { hasPassed, minute } from './hasPassed';

/** For this time after a change was read, the index may not know it (docs/paperless-api.md#index-delay). */
const indexTime = 10 * minute;

/** Beyond this many, the oldest count as settled. */
const maxUnsettled = 10_000;

/** A change with what was known when it was read. */
export type Sighting = Change & {
	/** The horizon of the poll before. */
	horizon: string;
	/** When the change was read, by n8n's clock in milliseconds. */
	seenAt: number;
	/** Whether the index has found the document since. */
	isFound: boolean;
};

export const sightingSchema: z.ZodType<Sighting> = z.object({
	row: z.object({ id: z.number(), modified: z.string() }),
	isNew: z.boolean(),
	horizon: z.string(),
	seenAt: z.number(),
	isFound: z.boolean(),
});

/**
 * Later sightings take the place of earlier ones of the same documents. Of a document that the index
 * has not found yet, the earlier changes and the later one are one change.
 */
export function withLater(
	earlier: readonly Sighting[],
	later: readonly Sighting[],
): { earlier: Sighting[]; later: Sighting[] } {
	const laterIds = new Set(later.map(({ row }) => row.id));
	const pending = new Map<number, Sighting>();
	for (const sighting of earlier) {
		const { isFound, row } = sighting;
		if (!isFound && !pending.has(row.id)) pending.set(row.id, sighting);
	}
	return {
		earlier: earlier.filter(({ row }) => !laterIds.has(row.id)),
		later: later.map((sighting) => {
			const before = pending.get(sighting.row.id);
			pending.delete(sighting.row.id);
			return before ? { ...sighting, isNew: before.isNew, horizon: before.horizon } : sighting;
		}),
	};
}

/** The sightings that are to be asked about again, and how many are too many for that. */
export function unsettledOf(
	asked: readonly Sighting[],
	now: number,
): { unsettled: Sighting[]; surplus: number } {
	const unsettled = asked.filter(({ seenAt }) => !hasPassed(indexTime, seenAt, now));
	return {
		unsettled: unsettled.slice(-maxUnsettled),
		surplus: Math.max(unsettled.length - maxUnsettled, 0),
	};
}
