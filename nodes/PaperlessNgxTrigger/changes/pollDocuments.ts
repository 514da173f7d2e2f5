import { filtersFrom } from '../../documents/filters/filtersFrom';
import type { Cursor } from '../../events/cursor';
import type { EventName } from '../../events/events';
import { changeEvents } from '../../events/events';
import type { Context, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import { changesSince, startCursor } from './changesSince';
import { describesUpdates, isChosen } from './isChosen';
import { sampleUpdate, startPictures } from './describeUpdates';
import type { DocumentState } from './documentEvent';
import { rowFields, rowsOf } from './matchingRows';
import { eventItems } from './eventItems';
import { eventsOfChanges } from './eventsOfChanges';
import { startMatching } from './filterMatches';
import { startInbox } from './inboxArrivals';
import { paceOf } from './paceOf';

/** The initial state. Existing documents are reported only with `emitExisting`. */
export async function startDocuments(
	context: Context,
	values: TriggerValues,
	emitExisting: boolean,
): Promise<DocumentState> {
	if (!isChosen(values, ...changeEvents)) return {};
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
): Promise<{ state: DocumentState; items: Output[] }> {
	const { portion, atMost } = paceOf(values);
	const items: Output[] = [];
	let state = before;
	let done = 0;
	for await (const { cursor, changes } of changesSince(context, before.cursor, deadline, portion)) {
		// History entries count from the previous poll on, not from the previous portion.
		const known = { ...state, cursor: before.cursor };
		const found = await eventsOfChanges(context, values, changes, known);
		items.push(...(await eventItems(context, values, found.events, found.query)));
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
