import { documentHistories } from '../../documents/documentHistories';
import type { Picture } from '../../events/picture';
import { pictureFields, pictureOf } from '../../events/picture';
import type { Sighting } from '../../events/sighting';
import { groupBy } from '../../toolkit/groupBy';
import type { Context } from '../../toolkit/operation';
import type { FilteredChanges } from './documentEvent';
import { documentsAmong } from './matchingRows';
import type { Update } from './updateDiff';
import { entriesSince } from './updateDiff';

async function matchingIds(
	context: Context,
	{ changes, query }: FilteredChanges,
): Promise<number[]> {
	const ids = [...new Set(changes.map(({ row }) => row.id))];
	if (Object.keys(query).length === 0) return ids;
	const documents = await documentsAmong(context, ids, { ...query, fields: 'id' });
	return documents.map(({ id }) => id);
}

const byDocument = (changes: readonly Sighting[]) =>
	new Map(groupBy(changes, ({ row }) => row.id).map((group) => [group[0]?.row.id, group]));

/** Decides by a document and its earlier picture whether its history is needed. */
export type NeedsHistory = (update: Omit<Update, 'entries'>) => boolean;

/**
 * The updated documents that match the filters, and new pictures of all changed ones. The server
 * sets tags after `modified`. Therefore histories are requested before documents: an entry that is
 * still missing then is found with the next update. Without `needsHistory` all histories are read.
 */
export async function fetchUpdates(
	context: Context,
	filtered: FilteredChanges,
	pictures: readonly Picture[],
	needsHistory: NeedsHistory | undefined,
): Promise<{ updates: Update[]; newPictures: Picture[] }> {
	const changesById = byDocument(filtered.changes);
	const isUpdated = (id: number) => changesById.get(id)?.some(({ isNew }) => !isNew) === true;
	const ids = await matchingIds(context, filtered);
	const pictureById = new Map(pictures.map((picture) => [picture.id, picture]));
	const read = (some: readonly number[]) =>
		documentsAmong(context, some, { fields: pictureFields });
	const early = needsHistory ? await read(ids) : [];
	const asked = needsHistory
		? early
				.filter(({ id }) => isUpdated(id))
				.filter((document) => needsHistory({ document, picture: pictureById.get(document.id) }))
				.map(({ id }) => id)
		: ids.filter(isUpdated);
	const histories = await documentHistories(context, asked);
	const documents = needsHistory && asked.length === 0 ? early : await read(ids);
	const updates = documents
		.filter(({ id }) => isUpdated(id))
		.map((document): Update => {
			const picture = pictureById.get(document.id);
			const entries = histories.get(document.id);
			const changes = changesById.get(document.id) ?? [];
			return {
				document,
				picture,
				entries: entries && entriesSince(entries, changes, picture),
			};
		});
	const lastEntry = (id: number) => histories.get(id)?.at(-1)?.id ?? pictureById.get(id)?.entry;
	return { updates, newPictures: documents.map((row) => pictureOf(row, lastEntry(row.id))) };
}
