import { z } from 'zod';
import { noteSchema } from '../../api/notes';
import type { Document } from '../../api/schemas/document';
import type { Query } from '../../api/transport';
import type { Changes, Wanted } from '../../events/documentDiff';
import { isWanted, noChanges, subjectsOf } from '../../events/documentDiff';
import type { Change, Row } from '../../events/cursor';
import type { Directory, Entry } from '../../events/historyDiff';
import { actorsOf, changesIn, isAllBy } from '../../events/historyDiff';
import { microsecondsOf } from '../../events/stamps';
import type { Picture } from '../../events/picture';
import {
	changesFrom,
	pictureFields,
	pictureOf,
	picturesKept,
	withPictures,
} from '../../events/picture';
import type { Context, Json } from '../../toolkit/operation';
import { requiredReferences } from '../../toolkit/references';
import { historiesOf, requireHistory } from './documentHistories';
import { documentsThat } from './eventItems';
import type { TriggerValues } from '../triggerParameters';
import { directoryOf, shownChanges } from './presentDiffs';

/** What an item says of the update of its document; one that is not to be reported has none. */
export type Updates = ReadonlyMap<number, Json>;

/** What is known of an updated document: what it was, what was written since, and what it is. */
type Update = { row: Document; picture: Picture | undefined; entries: Entry[] | undefined };

/** The server goes on writing for a moment after it has set `modified` of a document. */
const writtenLater = 1_000_000n;

/** From when on what is written about a document is about the changes that were read now. */
function beginningOf(
	rows: ReadonlyArray<Change<Row>>,
	picture: Picture | undefined,
	horizon: string,
): bigint {
	if (picture) return microsecondsOf(picture.modified) + writtenLater;
	const stamps = rows.map(({ row }) => microsecondsOf(row.modified));
	const first = stamps.reduce((one, other) => (one < other ? one : other));
	if (rows.some(({ isNew }) => isNew)) return first + writtenLater;
	const read = microsecondsOf(horizon);
	return read < first - writtenLater ? read : first - writtenLater;
}

const entriesSince = (
	entries: readonly Entry[],
	known: number | undefined,
	beginning: bigint,
): Entry[] =>
	entries.filter(({ id, timestamp }) =>
		known === undefined ? microsecondsOf(timestamp) > beginning : id > known,
	);

function changesOf({ row, picture, entries }: Update, directory: Directory): Changes {
	const told = entries && changesIn(entries, pictureOf(row), directory);
	const nothing: Changes = { ...noChanges, uncertain: told ? ['custom_fields'] : ['all'] };
	const changes = picture
		? { ...changesFrom(picture, row), facts: told?.facts ?? [] }
		: told && subjectsOf(told).length + told.uncertain.length > 0
			? told
			: nothing;
	// A changed text of a document with versions leaves no trace, so this may be one.
	return subjectsOf(changes).length > 0
		? changes
		: { ...changes, uncertain: [...changes.uncertain, 'content'] };
}

const notesSchema = z.array(noteSchema);

function isOwn({ row, entries = [] }: Update, changes: Changes, me: number): boolean {
	const notes = notesSchema.parse(row.notes ?? []);
	const authorOf = (note: number) => notes.find(({ id }) => id === note)?.userId ?? undefined;
	return isAllBy(me, entries, subjectsOf(changes), authorOf);
}

async function wantedOf({ names }: Context, { changes }: TriggerValues): Promise<Wanted> {
	const ids = async (kind: 'customField' | 'tag', name: keyof typeof changes, label: string) =>
		changes[name] === undefined
			? []
			: await names.ids(kind, requiredReferences(changes[name], label), name);
	return {
		subjects: changes.changed ?? [],
		tagsAdded: await ids('tag', 'addedTags', 'Added Tags'),
		tagsRemoved: await ids('tag', 'removedTags', 'Removed Tags'),
		customFields: await ids('customField', 'changedCustomFields', 'Changed Custom Fields'),
	};
}

/**
 * To begin with: the documents that changed last, which are those that change again soonest.
 * Conditions that could never be met are refused, as long as somebody is there to read it.
 */
export async function latestPictures(context: Context, values: TriggerValues): Promise<Picture[]> {
	await wantedOf(context, values);
	if (values.changes.skipOwn) await requireHistory(context);
	const query = { fields: pictureFields, ordering: '-modified,-id' };
	const rows = await context.api.documents.list(query, { limit: picturesKept });
	return rows.map((row) => pictureOf(row)).reverse();
}

type Before = { pictures: readonly Picture[]; horizon: string };

function byDocument(changes: ReadonlyArray<Change<Row>>): Map<number, Array<Change<Row>>> {
	const all = new Map<number, Array<Change<Row>>>();
	for (const change of changes) all.set(change.row.id, [...(all.get(change.row.id) ?? []), change]);
	return all;
}

/**
 * The documents that changed, with what was written about those that were there before. The
 * history is asked before the documents are, since the server sets tags after `modified`: what is
 * still missing then shows with the next update.
 */
async function lookAt(
	context: Context,
	changes: ReadonlyArray<Change<Row>>,
	{ pictures, horizon }: Before,
	query: Query,
): Promise<{ updates: Update[]; after: Picture[] }> {
	const rowsById = byDocument(changes);
	const isFiltered = Object.keys(query).length > 0;
	const within = isFiltered
		? await documentsThat(context, [...rowsById.keys()], { ...query, fields: 'id' })
		: changes.map(({ row }) => row);
	const ids = [...new Set(within.map(({ id }) => id))];
	const isUpdated = (id: number) => rowsById.get(id)?.some(({ isNew }) => !isNew) === true;
	const histories = await historiesOf(context, ids.filter(isUpdated));
	const documents = await documentsThat(context, ids, { fields: pictureFields });
	const known = new Map(pictures.map((picture) => [picture.id, picture]));
	const updates = documents
		.filter(({ id }) => isUpdated(id))
		.map((row): Update => {
			const picture = known.get(row.id);
			const beginning = beginningOf(rowsById.get(row.id) ?? [], picture, horizon);
			const entries = histories.get(row.id);
			return {
				row,
				picture,
				entries: entries && entriesSince(entries, picture?.entry, beginning),
			};
		});
	const after = documents.map((row) =>
		pictureOf(row, histories.get(row.id)?.at(-1)?.id ?? known.get(row.id)?.entry),
	);
	return { updates, after };
}

/** What changed in the updated documents that meet the filters, and what they are like now. */
export async function updatesOf(
	context: Context,
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	before: Before,
	query: Query,
): Promise<{ pictures: Picture[]; updates: Updates }> {
	const { updates, after } = await lookAt(context, changes, before, query);
	const wanted = await wantedOf(context, values);
	const me =
		values.changes.skipOwn && updates.length > 0
			? Number((await context.api.system.currentUser()).user.id)
			: undefined;
	const entries = updates.flatMap((update) => update.entries ?? []);
	const directory = await directoryOf(context, entries);
	const told = updates
		.map((update) => ({ update, its: changesOf(update, directory) }))
		.filter(({ update, its }) => isWanted(its, update.row.tags ?? [], wanted))
		.filter(({ update, its }) => me === undefined || !isOwn(update, its, me));
	const shown = await shownChanges(
		context,
		told.map(({ its }) => its),
	);
	return {
		pictures: withPictures(before.pictures, after),
		updates: new Map(
			told.map(({ update }, at) => [
				update.row.id,
				{ changed_by: actorsOf(update.entries ?? []), changes: shown[at] },
			]),
		),
	};
}

/** The last update of a document as its history tells it, for a test in the editor. */
export async function sampleUpdate(
	context: Context,
	values: TriggerValues,
	row: Row,
): Promise<Json> {
	const before = { pictures: [], horizon: row.modified };
	const changes = [{ row, isNew: false }];
	const { updates } = await updatesOf(context, { ...values, changes: {} }, changes, before, {});
	return updates.get(row.id) ?? {};
}
