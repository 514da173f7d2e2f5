import type { Document } from '../api/schemas/document';
import type { Query } from '../api/transport';
import { documentsPerRequest } from '../api/documents';
import { fieldsQuery, present, presentationOf } from '../documents/output';
import { filtersFrom } from '../documents/filters';
import type { Change, Cursor, Row } from '../events/cursor';
import { firstQuestion, nextQuestion, read, settle, startAt } from '../events/cursor';
import type { EventName } from '../events/events';
import { eventId } from '../events/events';
import { microsecondsOf } from '../events/instants';
import { RangeSet } from '../events/rangeSet';
import type { Context, Json, Output } from '../toolkit/operation';
import type { TriggerValues } from './parameters';

const rowsAPage = 1000;
/** What one poll hands over at most; the rest follows with the next. */
const changesAPoll = 2000;

const light = 'id,modified';

const rowsOf = (documents: readonly Document[]): Row[] =>
	documents.map(({ id, modified }) => ({ id, modified: String(modified) }));

async function page({ api }: Context, question: Query, size: number) {
	const query = { ...question, ordering: 'modified,id', fields: light };
	const { results, more } = await api.documents.page(query, 1, size);
	return { rows: rowsOf(results), more };
}

async function newest({ api }: Context, ordering: string): Promise<Row | undefined> {
	const [row] = rowsOf(await api.documents.list({ ordering, fields: light }, { limit: 1 }));
	return row;
}

/** Now, with nothing to report of what is there; or the beginning of time, to report it all. */
export async function startCursor(context: Context, emitExisting: boolean): Promise<Cursor> {
	const beginning = startAt('1970-01-01T00:00:00Z', RangeSet.empty, context.now());
	if (emitExisting) return beginning;
	const [lastChanged, highest] = [
		await newest(context, '-modified,-id'),
		await newest(context, '-id'),
	];
	if (lastChanged === undefined || highest === undefined) return beginning;
	const known = RangeSet.parse(`1-${highest.id}`);
	const cursor = startAt(lastChanged.modified, known, context.now());
	const { rows } = await page(context, firstQuestion(cursor), 100_000);
	return read(cursor, rows, context.now()).cursor;
}

/**
 * All changes since the cursor, page after page from the last row on: rows that move to the end
 * while they are being read are met again there, and none slips through.
 */
export async function changesSince(
	context: Context,
	start: Cursor,
	deadline: number,
): Promise<{ cursor: Cursor; changes: Array<Change<Row>> }> {
	const changes: Array<Change<Row>> = [];
	let cursor = start;
	let question: Query = firstQuestion(start);
	let size = rowsAPage;
	for (;;) {
		const { rows, more } = await page(context, question, size);
		const step = read(cursor, rows, context.now());
		cursor = step.cursor;
		changes.push(...step.changes);
		const last = rows.at(-1);
		if (!more || last === undefined) return { cursor: settle(cursor, context.now()), changes };
		if (changes.length >= changesAPoll || context.now() > deadline) return { cursor, changes };
		const next: Query = nextQuestion(last);
		// More rows than a page share one stamp: only a larger page gets past them.
		if (JSON.stringify(next) === JSON.stringify(question)) size *= 2;
		question = next;
	}
}

async function documentsThat(
	{ api }: Context,
	changed: readonly number[],
	query: Query,
): Promise<Document[]> {
	// The server takes one list of IDs, so that of a filter is applied here.
	const named = query.id__in === undefined ? undefined : String(query.id__in).split(',');
	const ids = changed.filter((id) => !named || named.includes(String(id)));
	const found: Document[] = [];
	for (let from = 0; from < ids.length; from += documentsPerRequest) {
		const some = ids.slice(from, from + documentsPerRequest).join(',');
		found.push(...(await api.documents.list({ ...query, id__in: some, ordering: 'id' })));
	}
	return found;
}

export async function inboxIds({ api }: Context): Promise<RangeSet> {
	const documents = await api.documents.list({ is_in_inbox: 'true', fields: 'id', ordering: 'id' });
	return RangeSet.empty.with(documents.map(({ id }) => id));
}

/** The items for these changes, and the inbox as it is known after them. */
export async function itemsFor(
	context: Context,
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	inbox: RangeSet,
): Promise<{ items: Output[]; inbox: RangeSet }> {
	const wanted = (event: EventName) => values.events.includes(event);
	const ids = [...new Set(changes.map(({ row }) => row.id))];
	if (ids.length === 0) return { items: [], inbox };
	const { query } = await filtersFrom(context, values);
	const arrived = wanted('newInboxDocument')
		? await documentsThat(
				context,
				ids.filter((id) => !inbox.has(id)),
				{ ...query, is_in_inbox: 'true', fields: 'id' },
			)
		: [];
	const entered = new Set(arrived.map(({ id }) => id));
	// What changed while it was being read is there twice, but comes into the inbox once.
	const first = new Map(changes.toReversed().map((change) => [change.row.id, change]));
	const enters = (change: Change<Row>) =>
		entered.has(change.row.id) && first.get(change.row.id) === change;
	const eventsOf = (change: Change<Row>): EventName[] => [
		...(change.isNew && wanted('documentAdded') ? (['documentAdded'] as const) : []),
		...(!change.isNew && wanted('documentUpdated') ? (['documentUpdated'] as const) : []),
		...(enters(change) ? (['newInboxDocument'] as const) : []),
	];
	const reported = changes.flatMap((change) =>
		eventsOf(change).map((event) => ({ event, ...change.row })),
	);
	const presentation = presentationOf(values, false);
	const documents = await documentsThat(context, [...new Set(reported.map(({ id }) => id))], {
		...query,
		...fieldsQuery(presentation),
	});
	const shown = await present(context, documents, presentation);
	const byId = new Map(documents.map(({ id }, at): [number, Json | undefined] => [id, shown[at]]));
	const items = reported.flatMap(({ event, id, modified }): Output[] => {
		const document = byId.get(id);
		if (document === undefined) return [];
		return [
			{ json: { event, event_id: eventId(event, id, microsecondsOf(modified)), ...document } },
		];
	});
	return { items, inbox: inbox.with(entered) };
}

/** Recent documents as they would be reported, for a test in the editor. */
export async function samples(
	context: Context,
	values: TriggerValues,
	event: EventName,
): Promise<Output[]> {
	const { query } = await filtersFrom(context, values);
	const presentation = presentationOf(values, false);
	const documents = await context.api.documents.list(
		{
			...query,
			...(event === 'newInboxDocument' && { is_in_inbox: 'true' }),
			...fieldsQuery(presentation),
			ordering: event === 'documentUpdated' ? '-modified,-id' : '-added,-id',
		},
		{ limit: 1 },
	);
	const shown = await present(context, documents, presentation);
	return shown.map((json) => ({
		json: { event, event_id: eventId(event, Number(json.id), 0n), ...json },
	}));
}
