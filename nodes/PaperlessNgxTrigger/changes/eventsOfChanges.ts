import type { Query } from '../../api/httpTransport';
import { asksIndex, filtersFrom } from '../../documents/filters/filtersFrom';
import type { Change, Row } from '../../events/cursor';
import { microsecondsOf } from '../../events/stamps';
import type { Context } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import type { TriggerValues } from '../triggerParameters';
import { describesUpdates, isChosen } from './isChosen';
import type { UpdateDetails } from './describeUpdates';
import { describeUpdates } from './describeUpdates';
import type { DocumentEvent, DocumentState, FilteredChanges, FoundEvents } from './documentEvent';
import { filterMatches, isComparisonDue } from './filterMatches';
import { inboxArrivals } from './inboxArrivals';

/** In microseconds. */
const tenSeconds = 10_000_000n;
/** In milliseconds. */
const indexPause = 1500;

/**
 * Waits when a filter searches the index. The search finds a document some tenths of a second after
 * the list shows it (docs/paperless-api.md#index-delay), and a document that is not found is not
 * requested again.
 */
async function untilIndexed(context: Context, { changes, query }: FilteredChanges): Promise<void> {
	const start = (clocksOf(context).serverNow ?? 0n) - tenSeconds;
	const isRecent = changes.some(({ row }) => microsecondsOf(row.modified) > start);
	if (isRecent && asksIndex(query)) await context.api.wait(indexPause);
}

/** Without `details` all updates are reported, with them only the updates that they contain. */
function additionsAndUpdates(
	values: TriggerValues,
	changes: readonly Change[],
	details: UpdateDetails | undefined,
): DocumentEvent[] {
	const events = changes.flatMap(({ row, isNew }): DocumentEvent[] => {
		if (isNew) return [{ event: 'documentAdded', ...row }];
		if (details && !details.has(row.id)) return [];
		return [{ event: 'documentUpdated', ...row, details: details?.get(row.id) ?? {} }];
	});
	return events.filter(({ event }) => isChosen(values, event));
}

/** Sorts events by their changes; events without a change, found by a comparison, come last. */
function inOrderOf(changes: readonly Change[], events: readonly DocumentEvent[]): DocumentEvent[] {
	const keyOf = ({ id, modified }: Row) => `${id}:${modified}`;
	const positions = new Map(changes.map(({ row }, at) => [keyOf(row), at]));
	const positionOf = (event: DocumentEvent) => positions.get(keyOf(event)) ?? changes.length;
	return events.toSorted((a, b) => positionOf(a) - positionOf(b));
}

/**
 * The events that follow from these changes and from the time that has passed. Also returns the
 * filters that were used, by which the documents are fetched.
 */
export async function eventsOfChanges(
	context: Context,
	values: TriggerValues,
	changes: readonly Change[],
	before: DocumentState,
): Promise<FoundEvents & { query: Query }> {
	const { cursor, inbox, matching, pictures = [] } = before;
	const isDue = matching && isComparisonDue(matching, context.now());
	if (changes.length === 0 && !isDue) return { state: before, events: [], query: {} };
	const { query } = await filtersFrom(context, values);
	const filtered = { changes, query };
	await untilIndexed(context, filtered);
	const arrivals =
		inbox === undefined ? undefined : await inboxArrivals(context, values, filtered, inbox);
	const matches = matching && (await filterMatches(context, values, filtered, matching));
	const updates =
		cursor && describesUpdates(values)
			? await describeUpdates(context, values, filtered, { pictures, horizon: cursor.horizon })
			: undefined;
	return {
		query,
		state: {
			...before,
			...arrivals?.state,
			...matches?.state,
			...(updates && { pictures: updates.pictures }),
		},
		events: inOrderOf(changes, [
			...additionsAndUpdates(values, changes, updates?.details),
			...(arrivals?.events ?? []),
			...(matches?.events ?? []),
		]),
	};
}
