import { filtersFrom } from '../../documents/filters/filtersFrom';
import type { Cursor } from '../../events/cursor';
import type { Sighting } from '../../events/sighting';
import { unsettledOf, withLater } from '../../events/sighting';
import type { EventName } from '../../events/events';
import { changeEvents } from '../../events/events';
import type { Context, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import { changesSince } from './changesSince';
import { describesUpdates, isChosen } from './isChosen';
import { sampleUpdate, startPictures } from './describeUpdates';
import type { DocumentState } from './documentEvent';
import { rowFields, rowsOf } from './matchingRows';
import { eventItems } from './eventItems';
import { forgetDocuments } from './forgetDocuments';
import { eventsOfChanges } from './eventsOfChanges';
import { startMatching } from './filterMatches';
import { startInbox } from './inboxArrivals';
import { paceOf } from './paceOf';
import { startCursor } from './startCursor';

/** The initial state. Existing documents are reported only with `emitExisting`. */
export async function startDocuments(
	context: Context,
	values: TriggerValues,
	emitExisting: boolean,
): Promise<DocumentState> {
	if (!isChosen(values, ...changeEvents)) return {};
	// Whoever publishes the workflow hears of a name that does not exist.
	await filtersFrom(context, values.filters);
	return {
		cursor: await startCursor(context, emitExisting),
		...(describesUpdates(values) && { pictures: await startPictures(context, values) }),
		...(isChosen(values, 'newInboxDocument') && {
			inbox: await startInbox(context, emitExisting),
		}),
		...(isChosen(values, 'documentMatchesFilter', 'documentNoLongerMatches') && {
			matching: await startMatching(context, values, emitExisting),
		}),
	};
}

/**
 * The items of all document events since the previous poll: changes become events, and events
 * become items, portion by portion until the deadline (n8n's clock, milliseconds).
 */
export async function pollDocuments(
	context: Context,
	values: TriggerValues,
	before: DocumentState & { cursor: Cursor },
	deadline: number,
): Promise<{ state: DocumentState; items: Output[]; surplus: number }> {
	const { portion, atMost } = paceOf(values);
	const items: Output[] = [];
	let state = before;
	let done = 0;
	const pace = { size: portion, deadline };
	for await (const { cursor, changes, reused } of changesSince(context, before.cursor, pace)) {
		if (reused.length > 0) state = { ...state, ...forgetDocuments(state, reused) };
		const sightings = changes.map((change): Sighting => {
			// History entries count from the previous poll on, not from the previous portion.
			const { horizon } = before.cursor;
			return { ...change, horizon, seenAt: context.now(), isFound: false };
		});
		const { earlier, later } = withLater(state.unsettled ?? [], sightings);
		// Each poll asks once about what the polls before left unsettled.
		const [asked, left] = done === 0 ? [[...earlier, ...later], []] : [later, earlier];
		const found = await eventsOfChanges(context, values, asked, { ...state, unsettled: [] });
		items.push(...(await eventItems(context, values, found.events, found.query)));
		await found.check();
		state = { ...found.state, cursor, unsettled: [...left, ...(found.state.unsettled ?? [])] };
		done += changes.length;
		if (done + portion > atMost || context.now() > deadline) break;
	}
	const { unsettled, surplus } = unsettledOf(state.unsettled ?? [], context.now());
	const { matching } = state;
	return {
		state: {
			...state,
			unsettled,
			// Only a comparison can still find what is not asked about again.
			...(matching && surplus > 0 && { matching: { ...matching, comparedAt: 0 } }),
		},
		items,
		surplus,
	};
}

/** A recent document as it would be reported, for a test in the editor. */
export async function sampleDocuments(
	context: Context,
	values: TriggerValues,
	event: EventName,
): Promise<Output[]> {
	const { query } = await filtersFrom(context, values.filters);
	const isUpdate = event === 'documentUpdated';
	const latest = {
		...query,
		...(event === 'newInboxDocument' && { is_in_inbox: 'true' }),
		fields: rowFields,
		ordering: isUpdate ? '-modified,-id' : '-added,-id',
	};
	const [row] = rowsOf(await context.api.documents.list(latest, { limit: 1 }));
	if (row === undefined) return [];
	const details =
		isUpdate && describesUpdates(values) ? await sampleUpdate(context, values, row) : {};
	return await eventItems(context, values, [{ event, ...row, details }], query);
}
