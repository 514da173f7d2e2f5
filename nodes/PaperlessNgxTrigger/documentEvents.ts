import { PaperlessError } from '../api/errors';
import type { Query } from '../api/transport';
import { filtersFrom } from '../documents/filters/filtersFrom';
import type { Change, Cursor, Row } from '../events/cursor';
import { documentEvents } from '../events/events';
import type { EventName } from '../events/events';
import { hasPassed, hour } from '../events/instants';
import { RangeSet } from '../events/rangeSet';
import type { TriggerState } from '../events/state';
import type { Context, Output } from '../toolkit/operation';
import type { Happening } from './items';
import { documentsThat, itemsOf } from './items';
import type { TriggerValues } from './parameters';
import type { Updates } from './updates';
import { latestPictures, sampleUpdate, updatesOf } from './updates';
import { changesSince, light, rowsOf, startCursor, untilIndexed } from './stream';

/** The part of the memory that is about documents. */
export type DocumentState = Pick<TriggerState, 'cursor' | 'inbox' | 'matching' | 'pictures'>;

/** How many changes are worked off before it is looked at the clock, and in one poll at most. */
type Pace = { portion: number; atMost: number };

/** Files take time, and so do histories, one request each. */
const paces = {
	plain: { portion: 10_000, atMost: 10_000 },
	described: { portion: 250, atMost: 10_000 },
	withFiles: { portion: 20, atMost: 200 },
} satisfies Record<string, Pace>;

const wants = ({ events }: TriggerValues, ...some: EventName[]) =>
	some.some((event) => events.includes(event));

/** What changed is also asked for where a condition or a refusal depends on it. */
const describesUpdates = (values: TriggerValues) => {
	const { include = true, ...conditions } = values.changes;
	return wants(values, 'documentUpdated') && (include || Object.keys(conditions).length > 0);
};

function paceOf(values: TriggerValues): Pace {
	const { download = 'none' } = values.options;
	if (download !== 'none') return paces.withFiles;
	return describesUpdates(values) ? paces.described : paces.plain;
}

export const watchesDocuments = (values: TriggerValues) => wants(values, ...documentEvents);

const watchesMatches = (values: TriggerValues) =>
	wants(values, 'documentMatchesFilter', 'documentNoLongerMatches');

async function rowsThat({ api }: Context, query: Query): Promise<Row[]> {
	return rowsOf(await api.documents.list({ ...query, fields: light, ordering: 'id' }));
}

const idsOf = (rows: ReadonlyArray<{ id: number }>) =>
	RangeSet.empty.with(rows.map(({ id }) => id));

/** Without a filter every document matches, always. */
async function filterToMatch(context: Context, values: TriggerValues): Promise<Query> {
	const { query } = await filtersFrom(context, values);
	if (Object.keys(query).length > 0) return query;
	throw new PaperlessError('invalid', 'There is no filter that a document could match', {
		description: 'Add a filter, e.g. a saved view, or trigger on “Document Updated”.',
		parameter: 'filters',
	});
}

/** Nothing of what is there is reported, unless it is asked for. */
export async function beginDocuments(
	context: Context,
	values: TriggerValues,
	emitExisting: boolean,
): Promise<DocumentState> {
	if (!watchesDocuments(values)) return {};
	const cursor = await startCursor(context, emitExisting);
	const inbox = async () => idsOf(await rowsThat(context, { is_in_inbox: 'true' }));
	const matching = async () => idsOf(await rowsThat(context, await filterToMatch(context, values)));
	const none = async () => await Promise.resolve(RangeSet.empty);
	return {
		cursor,
		...(describesUpdates(values) && { pictures: await latestPictures(context, values) }),
		...(wants(values, 'newInboxDocument') && {
			inbox: (await (emitExisting ? none() : inbox())).toString(),
		}),
		...(watchesMatches(values) && {
			matching: {
				ids: (await (emitExisting ? none() : matching())).toString(),
				comparedAt: context.now(),
			},
		}),
	};
}

type Found = { state: DocumentState; happenings: Happening[] };

/** Who came into the inbox for the first time; who leaves stays known, so it is announced once. */
async function inboxArrivals(
	context: Context,
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	before: string,
	query: Query,
): Promise<Found> {
	const known = RangeSet.parse(before);
	const candidates = changes.filter(
		({ row, isNew }) => !known.has(row.id) && (isNew || !values.options.inboxNewOnly),
	);
	const ids = [...new Set(candidates.map(({ row }) => row.id))];
	const inbox = { ...query, is_in_inbox: 'true', fields: 'id' };
	const arrived = new Set((await documentsThat(context, ids, inbox)).map(({ id }) => id));
	// What changed while it was being read is there twice, but comes into the inbox once.
	const first = new Map(candidates.toReversed().map(({ row }) => [row.id, row]));
	return {
		state: { inbox: known.with(arrived).toString() },
		happenings: [...first.values()]
			.filter(({ id }) => arrived.has(id))
			.map((row) => ({ event: 'newInboxDocument', ...row })),
	};
}

/**
 * Who met the filters before and who does now. Among the documents that changed this shows at
 * once; what changes by time alone, or by a tag that was deleted, shows when all are compared.
 */
async function matches(
	context: Context,
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	before: NonNullable<DocumentState['matching']>,
	query: Query,
): Promise<Found> {
	const known = RangeSet.parse(before.ids);
	const isDue = hasPassed(hour, before.comparedAt, context.now());
	const changed = new Map(changes.map(({ row }) => [row.id, row]));
	const now = isDue
		? await rowsThat(context, query)
		: rowsOf(await documentsThat(context, [...changed.keys()], { ...query, fields: light }));
	const matching = idsOf(now);
	const leaving = isDue
		? known.ids().filter((id) => !matching.has(id))
		: [...changed.keys()].filter((id) => known.has(id) && !matching.has(id));
	const entering = now.filter(({ id }) => !known.has(id));
	// What a comparison of all brings may be far more than changed; the rest is still due then.
	const { portion } = paceOf(values);
	const [entered, gone] = [entering.slice(0, portion), leaving.slice(0, portion)];
	const isDone = entered.length === entering.length && gone.length === leaving.length;
	// A document that was deleted has no row any more and does not leave in this sense.
	const left = rowsOf(await documentsThat(context, gone, { fields: light }));
	return {
		state: {
			matching: {
				ids: known
					.without(gone)
					.with(entered.map(({ id }) => id))
					.toString(),
				comparedAt: isDue && isDone ? context.now() : before.comparedAt,
			},
		},
		happenings: [
			...(wants(values, 'documentMatchesFilter') ? entered : []).map(
				(row): Happening => ({ event: 'documentMatchesFilter', ...row }),
			),
			...(wants(values, 'documentNoLongerMatches') ? left : []).map(
				(row): Happening => ({ event: 'documentNoLongerMatches', ...row }),
			),
		],
	};
}

/** An update that is not among those described is not to be reported. */
const additionsAndUpdates = (
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	updates: Updates | undefined,
): Happening[] =>
	changes
		.map(
			({ row, isNew }): Happening =>
				isNew
					? { event: 'documentAdded', ...row }
					: { event: 'documentUpdated', ...row, more: updates?.get(row.id) ?? {} },
		)
		.filter(
			({ event, id }) =>
				wants(values, event) && (event !== 'documentUpdated' || !updates || updates.has(id)),
		);

/** What these changes, and the time that has passed, mean for the chosen events. */
export async function happeningsOf(
	context: Context,
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	before: DocumentState,
): Promise<Found & { query: Query }> {
	const isDue = before.matching && hasPassed(hour, before.matching.comparedAt, context.now());
	if (changes.length === 0 && !isDue) return { state: before, happenings: [], query: {} };
	const { query } = await filtersFrom(context, values);
	await untilIndexed(context, query, changes);
	const inbox =
		before.inbox === undefined
			? undefined
			: await inboxArrivals(context, values, changes, before.inbox, query);
	const matching =
		before.matching && (await matches(context, values, changes, before.matching, query));
	const described =
		before.cursor && describesUpdates(values)
			? await updatesOf(
					context,
					values,
					changes,
					{ pictures: before.pictures ?? [], horizon: before.cursor.horizon },
					query,
				)
			: undefined;
	const position = new Map(changes.map(({ row }, at) => [`${row.id}:${row.modified}`, at]));
	const at = ({ id, modified }: Row) => position.get(`${id}:${modified}`) ?? changes.length;
	return {
		query,
		state: {
			...before,
			...inbox?.state,
			...matching?.state,
			...(described && { pictures: described.pictures }),
		},
		happenings: [
			...additionsAndUpdates(values, changes, described?.updates),
			...(inbox?.happenings ?? []),
			...(matching?.happenings ?? []),
		].sort((a, b) => at(a) - at(b)),
	};
}

/** What happened to documents since the last look, in portions until the time is up. */
export async function lookAtDocuments(
	context: Context,
	values: TriggerValues,
	before: DocumentState & { cursor: Cursor },
	deadline: number,
): Promise<{ state: DocumentState; items: Output[] }> {
	const { portion, atMost } = paceOf(values);
	const items: Output[] = [];
	let state = before;
	let done = 0;
	for await (const { cursor, changes } of changesSince(context, before.cursor, deadline, portion)) {
		// What was written about a document counts from the last poll on, not from the last portion.
		const known = { ...state, cursor: before.cursor };
		const found = await happeningsOf(context, values, changes, known);
		items.push(...(await itemsOf(context, values, found.happenings, found.query)));
		state = { ...found.state, cursor };
		done += changes.length;
		if (done >= atMost || context.now() > deadline) break;
	}
	return { state, items };
}

/** A recent document as it would be reported, for a test in the editor. */
export async function sampleDocuments(
	context: Context,
	values: TriggerValues,
	event: EventName,
): Promise<Output[]> {
	const { query } = await filtersFrom(context, values);
	const isUpdate = event === 'documentUpdated';
	const asked = {
		...query,
		...(event === 'newInboxDocument' && { is_in_inbox: 'true' }),
		fields: light,
		ordering: isUpdate ? '-modified,-id' : '-added,-id',
	};
	const [row] = rowsOf(await context.api.documents.list(asked, { limit: 1 }));
	if (row === undefined) return [];
	const more = isUpdate && describesUpdates(values) ? await sampleUpdate(context, values, row) : {};
	return await itemsOf(context, values, [{ event, ...row, more }], query);
}
