import { RangeSet } from '../../events/rangeSet';
import type { Context } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import type { FilteredChanges, FoundEvents } from './documentEvent';
import { documentsAmong, idSet, matchingRows } from './matchingRows';

const isInInbox = { is_in_inbox: 'true' };

/** The ids in the inbox, which are not reported; none if existing documents are to be reported. */
export async function startInbox(context: Context, emitExisting: boolean): Promise<string> {
	const rows = emitExisting ? [] : await matchingRows(context, isInInbox);
	return idSet(rows).toString();
}

/**
 * Finds documents that entered the inbox for the first time. Ids that leave the inbox stay in
 * `before`, so each document is reported once.
 */
export async function inboxArrivals(
	context: Context,
	{ options }: TriggerValues,
	{ changes, query }: FilteredChanges,
	before: string,
): Promise<FoundEvents> {
	const known = RangeSet.parse(before);
	const candidates = changes.filter(
		({ row, isNew }) => !known.has(row.id) && (isNew || !options.inboxNewOnly),
	);
	const ids = [...new Set(candidates.map(({ row }) => row.id))];
	const documents = await documentsAmong(context, ids, { ...query, ...isInInbox, fields: 'id' });
	const arrived = new Set(documents.map(({ id }) => id));
	// A document that changed while the stream was being read has two rows, but arrives once.
	const firstRows = new Map(candidates.toReversed().map(({ row }) => [row.id, row]));
	return {
		state: { inbox: known.with(arrived).toString() },
		events: [...firstRows.values()]
			.filter(({ id }) => arrived.has(id))
			.map((row) => ({ event: 'newInboxDocument', ...row })),
	};
}
