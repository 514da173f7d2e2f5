import { PaperlessError } from '../../api/errors';
import type { Query } from '../../api/httpTransport';
import type { Change, Cursor, Row } from '../../events/cursor';
import { behindTie } from '../../events/cursor';
import { RangeSet } from '../../events/rangeSet';
import { readRows } from '../../events/readRows';
import type { DatedRow } from '../../events/reusedIds';
import { reusedIds } from '../../events/reusedIds';
import { firstQuery, nextQuery, queryAt, queryBehind, tieAhead } from '../../events/queries';
import { settle } from '../../events/settle';
import { microsecondsOf } from '../../events/stamps';
import { countOf } from '../../events/ties';
import type { Context } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import { rowFields } from './matchingRows';

const rowsPerPage = 1000;

/** The server sends no larger page. */
const maxRowsPerPage = 100_000;

const endless = ({ modified }: Row) =>
	new PaperlessError('unexpectedReply', 'The list of changed documents does not end', {
		description: `Paperless-ngx, or a proxy in front of it, repeats the documents that were changed at ${modified} and says that more follow.`,
	});

async function fetchPage({ api }: Context, position: Query, size: number) {
	const query = { ...position, ordering: 'modified,id', fields: `${rowFields},added` };
	const { results, more, count } = await api.documents.page(query, 1, size);
	const rows = results.map(
		({ id, modified, added }): DatedRow => ({
			id,
			modified: String(modified),
			added: typeof added === 'string' ? added : undefined,
		}),
	);
	return { rows, more, count };
}

const isSame = (first: Row | undefined, last: Row): boolean => first?.modified === last.modified;

/**
 * Notes how far the pages have come, and throws at a page that brings nothing new. A page that ends
 * with the stamp of the page before is new only if all of its rows share it.
 */
function progress() {
	let reached = -1n;
	return (last: Row, isTie: boolean): void => {
		const now = microsecondsOf(last.modified) * 2n + (isTie ? 1n : 0n);
		if (now <= reached) throw endless(last);
		reached = now;
	};
}

/** How many changes make a portion, and until when (n8n's clock, milliseconds) it may grow. */
export type Pace = { size: number; deadline: number };

/** Changes in order of `modified`, with the cursor behind them, and the ids among them that are used again. */
export type Portion = { cursor: Cursor; changes: Change[]; reused: number[] };

/**
 * Yields all changes since the cursor in portions. When the deadline has passed, the rest of each
 * page is a portion. Each page starts at the last row of the page before: a row that changes meanwhile
 * moves to the end of the list and is read there, and no row is skipped. Only what shares one stamp and
 * fills a page is read as one large page, and then counted as long as it does not grow. At the start
 * it is not read at all: the `known` ids count as read.
 */
export async function* changesSince(
	context: Context,
	start: Cursor,
	{ size, deadline }: Pace,
	known?: string,
): AsyncGenerator<Portion> {
	let cursor = start;
	let changes: Portion['changes'] = [];
	let reused: Portion['reused'] = [];
	const read = new Set<number>();
	function* take(rows: readonly DatedRow[]): Generator<Portion> {
		const later = rows.filter(({ id }) => !read.has(id));
		const again = reusedIds(cursor, later, start.horizon, clocksOf(context));
		if (again.length > 0) {
			cursor = { ...cursor, known: RangeSet.parse(cursor.known).without(again).toString() };
			reused.push(...again);
		}
		let unread: readonly Row[] = rows.map(({ id, modified }) => ({ id, modified }));
		do {
			const found = readRows(cursor, unread, clocksOf(context), size - changes.length);
			({ cursor, unread } = found);
			for (const change of found.changes) {
				changes.push(change);
				read.add(change.row.id);
			}
			if (unread.length > 0 || context.now() > deadline) {
				yield { cursor, changes, reused };
				[changes, reused] = [[], []];
			}
		} while (unread.length > 0);
	}
	let position = firstQuery(start);
	const note = progress();
	for (;;) {
		const ahead = tieAhead(cursor, position);
		const bound = ahead === undefined ? {} : { modified__lt: ahead };
		const { rows, more } = await fetchPage(context, { ...position, ...bound }, rowsPerPage);
		yield* take(rows);
		const last = more ? rows.at(-1) : undefined;
		const isTie = last !== undefined && isSame(rows[0], last);
		if (last) note(last, isTie);
		if (last && !isTie) {
			position = nextQuery(last);
			continue;
		}
		const tie = last?.modified ?? ahead;
		if (tie === undefined) {
			yield { cursor: settle(cursor, clocksOf(context)), changes, reused };
			return;
		}
		const { count } = await fetchPage(context, queryAt(tie), 1);
		if (known === undefined && count > countOf(cursor.ties, tie)) {
			const all = await fetchPage(context, queryAt(tie), maxRowsPerPage);
			const [row] = all.rows;
			if (all.more && row) throw endless(row);
			yield* take(all.rows);
		}
		cursor = behindTie(cursor, tie, count, known);
		position = queryBehind(tie);
	}
}
