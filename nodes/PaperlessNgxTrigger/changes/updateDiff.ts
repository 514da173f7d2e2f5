import type { Document } from '../../api/schemas/document';
import type { DocumentDiff } from '../../events/documentDiff';
import { emptyDiff, subjectsOf } from '../../events/documentDiff';
import type { IdLookup } from '../../events/diffFromHistory';
import { diffFromHistory } from '../../events/diffFromHistory';
import type { Entry } from '../../events/entrySchema';
import { isAllByUser } from '../../events/entrySchema';
import type { Picture } from '../../events/picture';
import { diffFromPicture, pictureOf } from '../../events/picture';
import { noteAuthors } from '../../documents/noteAuthors';
import type { Sighting } from '../../events/sighting';
import { microsecondsOf } from '../../events/stamps';

/** What is known about an updated document. */
export type Update = {
	/** As it is now. */
	document: Document;
	/** As it was at the last poll, if it is among the documents that changed last. */
	picture: Picture | undefined;
	/** The history since then; undefined if it is not readable. */
	entries: Entry[] | undefined;
};

/** The server still writes for a moment after it has set `modified`; in microseconds. */
const writeDelay = 1_000_000n;

const earliest = (stamps: readonly string[]): bigint =>
	stamps.map(microsecondsOf).reduce((a, b) => (a < b ? a : b));

/** The moment from which history entries belong to these changes of a document, in microseconds. */
function historyStart(changes: readonly Sighting[], picture: Picture | undefined): bigint {
	if (picture) return microsecondsOf(picture.modified) + writeDelay;
	const first = earliest(changes.map(({ row }) => row.modified));
	if (changes.some(({ isNew }) => isNew)) return first + writeDelay;
	const readUpTo = earliest(changes.map(({ horizon }) => horizon));
	return readUpTo < first - writeDelay ? readUpTo : first - writeDelay;
}

/** The entries about these changes: those after the last known entry, else those since the start. */
export function entriesSince(
	entries: readonly Entry[],
	changes: readonly Sighting[],
	picture: Picture | undefined,
): Entry[] {
	const lastKnown = picture?.entry;
	if (lastKnown !== undefined) return entries.filter(({ id }) => id > lastKnown);
	const start = historyStart(changes, picture);
	return entries.filter(({ timestamp }) => microsecondsOf(timestamp) > start);
}

const isCertain = (diff: DocumentDiff): boolean => subjectsOf(diff).length > 0;

/** A picture shows fields, lists and values reliably; the history adds what it alone knows. */
function combinedDiff({ document, picture, entries }: Update, lookup: IdLookup): DocumentDiff {
	const recorded = entries && diffFromHistory(entries, pictureOf(document), lookup);
	if (picture) return { ...diffFromPicture(picture, document), facts: recorded?.facts ?? [] };
	if (recorded === undefined) return { ...emptyDiff, uncertain: ['all'] };
	return isCertain(recorded) || recorded.uncertain.length > 0
		? recorded
		: { ...emptyDiff, uncertain: ['custom_fields'] };
}

/** What the update changed. */
export function updateDiff(update: Update, lookup: IdLookup): DocumentDiff {
	const diff = combinedDiff(update, lookup);
	// A change of the text leaves no trace in documents with versions, so it may be one.
	return isCertain(diff) ? diff : { ...diff, uncertain: [...diff.uncertain, 'content'] };
}

/** Whether this user made the whole update. */
export function isUpdateBy(
	user: number,
	{ document, entries = [] }: Update,
	diff: DocumentDiff,
): boolean {
	return isAllByUser(user, entries, subjectsOf(diff), noteAuthors(document));
}
