import { hitSortings } from '../../../sandbox/hits.mts';
import type { SortKey } from '../../../sandbox/objectList.mts';
import type { Sandbox } from '../../../sandbox/server.mts';
import type { Exchange } from './recordings.mts';

interface Hit {
	id?: number;
	__search_hit__: { score: number | null; rank: number };
}

interface HitList {
	results: Hit[];
}

const isHitList = (json: unknown): json is HitList => {
	const results = (json as Partial<HitList> | null)?.results;
	return (
		Array.isArray(results) &&
		results.length > 0 &&
		results.every((row) => row.__search_hit__ !== undefined)
	);
};

interface Found {
	documents: { id: number }[];
}

/** The search everywhere of 3.0 shows no scores, so all its hits count as equal. */
function inOrderOf(recorded: Partial<Found>, own: Partial<Found>): unknown {
	const places = recorded.documents?.map(({ id }) => id) ?? [];
	return {
		...own,
		...(own.documents && {
			documents: own.documents.toSorted((a, b) => places.indexOf(a.id) - places.indexOf(b.id)),
		}),
	};
}

/** How long a task waited and took depends on the machine, and so does an order by it. */
const machineSortings = ['duration_seconds', 'wait_time_seconds'];

type Rows = { results?: { id?: number }[] };

function inRowOrderOf(recorded: unknown, own: unknown): unknown {
	const places = (recorded as Rows).results?.map(({ id }) => id) ?? [];
	const rows = (own as Rows).results;
	if (rows === undefined) return own;
	return {
		...(own as Rows),
		results: rows.toSorted((a, b) => places.indexOf(a.id) - places.indexOf(b.id)),
	};
}

/** A real server numbers what happens to all objects, the sandbox only what happens to documents. */
function numberedAs(recorded: unknown, own: unknown): unknown {
	if (!Array.isArray(recorded) || !Array.isArray(own)) return own;
	const ids = recorded.map(({ id }: { id: number }) => id);
	return own.map((entry: object, index) => ({ ...entry, id: ids[index] }));
}

/**
 * Brings hits that are equal under the asked order into the recorded order, for on a real server
 * it changes from run to run; what differs after that is a real difference.
 */
export function settleTies(
	{ store }: Sandbox,
	{ request, response }: Exchange,
	own: unknown,
): unknown {
	if (request.path === '/api/search/' && store.profile.documentVersions)
		return inOrderOf(response.json as Partial<Found>, own as Partial<Found>);
	if (request.path.endsWith('/history/')) return numberedAs(response.json, own);
	const name = request.query?.findLast(([key]) => key === 'ordering')?.[1].replace(/^-/, '') ?? '';
	if (machineSortings.includes(name)) return inRowOrderOf(response.json, own);
	if (!isHitList(response.json) || !isHitList(own)) return own;
	const wanted = response.json.results;
	const key = hitSortings({ store, profile: store.profile })[name];
	const scores = new Map(wanted.map(({ id, __search_hit__: { score } }) => [id, score]));
	const keyOf = (id: number | undefined): SortKey => {
		const document = store.documents.get(id ?? 0);
		return key && document ? key(document) : (scores.get(id) ?? null);
	};
	const rows = [...own.results];
	for (const [index, { id }] of wanted.entries()) {
		const at = rows.findIndex((row, position) => position >= index && row.id === id);
		const [here, there] = [rows[index], rows[at]];
		if (here === undefined || there === undefined || keyOf(here.id) !== keyOf(id)) continue;
		rows[index] = withRank(there, here);
		rows[at] = withRank(here, there);
	}
	return { ...own, results: settleRanks(wanted, rows) };
}

/** Where the rank is the place by score, hits with equal scores may have exchanged theirs. */
function settleRanks(wanted: Hit[], rows: Hit[]): Hit[] {
	const ranksOf = (hits: Hit[], score: number | null): string =>
		hits
			.filter((_, index) => wanted[index]?.__search_hit__.score === score)
			.map(({ __search_hit__: { rank } }) => rank)
			.toSorted((a, b) => a - b)
			.join();
	return rows.map((row, index) => {
		const twin = wanted[index];
		const score = twin?.__search_hit__.score ?? null;
		const isSettled = twin && ranksOf(wanted, score) === ranksOf(rows, score);
		return isSettled ? withRank(row, twin) : row;
	});
}

const withRank = (row: Hit, { __search_hit__: { rank } }: Hit): Hit => ({
	...row,
	__search_hit__: { ...row.__search_hit__, rank },
});
