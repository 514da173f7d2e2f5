import type { Cursor, Row } from './cursor';
import { lookBack } from './lookBack';
import { microsecondsOf, stampOf } from './stamps';
import { firstTie, tiesAfter } from './ties';

/**
 * The first query of a poll. It starts slightly before the horizon, as long as late changes may
 * still appear there.
 */
export function firstQuery({ horizon, settled }: Cursor): Record<string, string> {
	const start = microsecondsOf(horizon) - lookBack;
	return start > microsecondsOf(settled)
		? { modified__gte: stampOf(start) }
		: { modified__gt: settled };
}

/** The next query within a poll. It includes the last row, whose stamp other rows may share. */
export const nextQuery = (last: Row): Record<string, string> => ({
	modified__gte: stampOf(microsecondsOf(last.modified)),
});

/** The next query within a poll, behind all rows with this stamp. */
export const queryBehind = (modified: string): Record<string, string> => ({
	modified__gt: stampOf(microsecondsOf(modified)),
});

/** The query for all rows with this stamp. */
export const queryAt = (modified: string): Record<string, string> => ({
	...nextQuery({ id: 0, modified }),
	modified__lte: stampOf(microsecondsOf(modified)),
});

/** The stamp of the first tie to which this query of a poll comes. */
export function tieAhead({ ties }: Cursor, query: Record<string, string>): string | undefined {
	const { modified__gt: behind, modified__gte: from = '' } = query;
	return firstTie(
		tiesAfter(ties, behind === undefined ? microsecondsOf(from) - 1n : microsecondsOf(behind)),
	);
}
