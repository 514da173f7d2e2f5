import type { Document } from '../api/schemas/document';
import type { Changes, Wanted } from '../events/changes';
import { isWanted, noChanges, subjectsOf } from '../events/changes';
import type { Change, Row } from '../events/cursor';
import type { Directory, Entry } from '../events/history';
import { actorsOf, changesIn, isAllBy } from '../events/history';
import { microsecondsOf } from '../events/instants';
import type { Picture } from '../events/pictures';
import {
	changesFrom,
	pictureFields,
	pictureOf,
	picturesKept,
	withPictures,
} from '../events/pictures';
import type { Context, Json } from '../toolkit/operation';
import { requiredReferences } from '../toolkit/references';
import { historiesOf } from './histories';
import { documentsThat } from './items';
import type { TriggerValues } from './parameters';
import { directoryOf, shownChanges } from './shownChanges';

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

/** Up to API version 7 the author of a note is an id (trap 18). */
type Author = number | { id: number } | null | undefined;

function isOwn({ row, entries = [] }: Update, changes: Changes, me: number): boolean {
	const notes = (row.notes ?? []) as Array<{ id: number; user?: Author }>;
	const authorOf = (note: number) => {
		const author = notes.find(({ id }) => id === note)?.user;
		return typeof author === 'object' ? author?.id : author;
	};
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

/** To begin with: the documents that changed last, which are those that change again soonest. */
export async function latestPictures({ api }: Context): Promise<Picture[]> {
	const query = { fields: pictureFields, ordering: '-modified,-id' };
	const rows = await api.documents.list(query, { limit: picturesKept });
	return rows.map((row) => pictureOf(row)).reverse();
}

const latest = (entries: readonly Entry[] | undefined, known: number | undefined) =>
	entries?.at(-1)?.id ?? known;

/**
 * What changed in the updated documents. The history is asked before the documents are, since the
 * server sets tags after `modified`: what is still missing then shows with the next update.
 */
export async function updatesOf(
	context: Context,
	values: TriggerValues,
	changes: ReadonlyArray<Change<Row>>,
	before: { pictures: readonly Picture[]; horizon: string },
): Promise<{ pictures: Picture[]; updates: Updates }> {
	const pictures = new Map(before.pictures.map((picture) => [picture.id, picture]));
	const byId = new Map<number, Array<Change<Row>>>();
	for (const change of changes) {
		byId.set(change.row.id, [...(byId.get(change.row.id) ?? []), change]);
	}
	const updated = [...byId].filter(([, rows]) => rows.some(({ isNew }) => !isNew));
	const isUpdated = new Set(updated.map(([id]) => id));
	const histories = await historiesOf(context, [...isUpdated]);
	const rows = await documentsThat(context, [...byId.keys()], { fields: pictureFields });
	const found = rows
		.filter(({ id }) => isUpdated.has(id))
		.map((row): Update => {
			const picture = pictures.get(row.id);
			const beginning = beginningOf(byId.get(row.id) ?? [], picture, before.horizon);
			const entries = histories.get(row.id);
			return {
				row,
				picture,
				entries: entries && entriesSince(entries, picture?.entry, beginning),
			};
		});
	const wanted = await wantedOf(context, values);
	const me = values.changes.skipOwn
		? Number((await context.api.system.currentUser()).user.id)
		: undefined;
	const directory = await directoryOf(
		context,
		found.flatMap(({ entries = [] }) => entries),
	);
	const told = found
		.map((update) => ({ update, changes: changesOf(update, directory) }))
		.filter(
			({ update, changes: its }) =>
				isWanted(its, update.row.tags ?? [], wanted) &&
				(me === undefined || !isOwn(update, its, me)),
		);
	const shown = await shownChanges(
		context,
		told.map(({ changes: its }) => its),
	);
	return {
		pictures: withPictures(
			before.pictures,
			rows.map((row) => pictureOf(row, latest(histories.get(row.id), pictures.get(row.id)?.entry))),
		),
		updates: new Map(
			told.map(({ update: { row, entries = [] } }, at) => [
				row.id,
				{ changed_by: actorsOf(entries), changes: shown[at] },
			]),
		),
	};
}
