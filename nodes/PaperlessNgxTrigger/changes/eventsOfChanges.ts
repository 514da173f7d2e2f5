import type { Query } from '../../api/httpTransport';
import { asksIndex, uncheckedFilters } from '../../documents/filters/filtersFrom';
import type { Change, Row } from '../../events/cursor';
import type { Sighting } from '../../events/sighting';
import type { Context } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import { describesUpdates, isChosen } from './isChosen';
import type { UpdateDetails } from './describeUpdates';
import { describeUpdates } from './describeUpdates';
import type { DocumentEvent, DocumentState, FilteredChanges, FoundEvents } from './documentEvent';
import { filterMatches, isComparisonDue } from './filterMatches';
import { inboxArrivals } from './inboxArrivals';
import { documentsAmong } from './matchingRows';

/**
 * The changes that are to be reported now. The index may not know a change yet that the list shows
 * (docs/paperless-api.md#index-delay), and “not yet” looks like “does not match”. So changes that
 * the index does not find are among the sightings of the next polls as well.
 */
async function decidedChanges(
	context: Context,
	sightings: readonly Sighting[],
	query: Query,
): Promise<FilteredChanges & { asked: Sighting[] }> {
	const pending = sightings.filter(({ isFound }) => !isFound);
	if (!asksIndex(query)) return { changes: pending, query, asked: [] };
	const ids = [...new Set(pending.map(({ row }) => row.id))];
	const found = new Set(
		(await documentsAmong(context, ids, { ...query, fields: 'id' })).map(({ id }) => id),
	);
	return {
		changes: pending.filter(({ row }) => found.has(row.id)),
		// Another process of the server may know less of the index, so nothing is asked twice.
		query: {},
		asked: sightings.map((sighting) => ({
			...sighting,
			isFound: sighting.isFound || found.has(sighting.row.id),
		})),
	};
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

/** The filters that were used, by which the documents are fetched, and the check of their ids. */
type UsedFilters = { query: Query; check: () => Promise<void> };

const noFilters: UsedFilters = { query: {}, check: async () => {} };

/** The events that follow from these changes and from the time that has passed. */
export async function eventsOfChanges(
	context: Context,
	values: TriggerValues,
	sightings: readonly Sighting[],
	before: DocumentState,
): Promise<FoundEvents & UsedFilters> {
	const { inbox, matching, pictures = [] } = before;
	const isDue = matching && isComparisonDue(matching, context.now());
	if (sightings.length === 0 && !isDue) return { state: before, events: [], ...noFilters };
	const { query, check } = await uncheckedFilters(context, values.filters);
	const { asked, ...decided } = await decidedChanges(context, sightings, query);
	const arrivals =
		inbox === undefined ? undefined : await inboxArrivals(context, values, decided, inbox);
	const matches =
		matching && (await filterMatches(context, values, { changes: sightings, query }, matching));
	const updates = describesUpdates(values)
		? await describeUpdates(context, values, decided, pictures)
		: undefined;
	// A document that the index finds may be found as it was before its change.
	const unsettled = matching ? asked : asked.filter(({ isFound }) => !isFound);
	return {
		query: decided.query,
		check,
		state: {
			...before,
			...arrivals?.state,
			...matches?.state,
			...(updates && { pictures: updates.pictures }),
			unsettled,
		},
		events: inOrderOf(sightings, [
			...additionsAndUpdates(values, decided.changes, updates?.details),
			...(arrivals?.events ?? []),
			...(matches?.events ?? []),
		]),
	};
}
