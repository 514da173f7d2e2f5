import type { Document } from '../../api/schemas/document';
import type { Query } from '../../api/httpTransport';
import { fieldsQuery, presentationOf } from '../../documents/output/presentation';
import { present } from '../../documents/output/present';
import { withFile } from '../../documents/output/withFile';
import { eventId } from '../../events/events';
import { microsecondsOf } from '../../events/stamps';
import type { Context, Json, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import type { DocumentEvent } from './documentEvent';
import { documentsAmong } from './matchingRows';

/** A document that stopped matching is not found by the filters. */
const isOutside = ({ event }: DocumentEvent): boolean => event === 'documentNoLongerMatches';

/** The documents of these events in the chosen output, by id. Deleted documents are absent. */
async function presentedDocuments(
	context: Context,
	values: TriggerValues,
	events: readonly DocumentEvent[],
	query: Query,
): Promise<Map<number, Json>> {
	const presentation = presentationOf(values, false);
	const ids = [...new Set(events.map(({ id }) => id))];
	const documents: Document[] = await documentsAmong(context, ids, {
		...query,
		...fieldsQuery(presentation),
	});
	const presented = await present(context, documents, presentation);
	return new Map(documents.map(({ id }, at) => [id, presented[at] ?? {}]));
}

/**
 * One item per event, in the same order. `query` holds the filters that documents must still match;
 * an event has no item if its document does not match any more or was deleted meanwhile.
 */
export async function eventItems(
	context: Context,
	values: TriggerValues,
	events: readonly DocumentEvent[],
	query: Query,
): Promise<Output[]> {
	const inside = events.filter((event) => !isOutside(event));
	const insideDocuments = await presentedDocuments(context, values, inside, query);
	const outside = events.filter(isOutside);
	const outsideDocuments = await presentedDocuments(context, values, outside, {});
	const { download = 'none' } = values.options;
	const items: Output[] = [];
	for (const documentEvent of events) {
		const { id, event, modified, details } = documentEvent;
		const document = (isOutside(documentEvent) ? outsideDocuments : insideDocuments).get(id);
		if (document === undefined) continue;
		const event_id = eventId(event, id, microsecondsOf(modified));
		const json = { event, event_id, ...details, ...document };
		// One file at a time: a burst of documents must not become a burst of downloads.
		items.push(download === 'none' ? { json } : await withFile(context, id, download, json));
	}
	return items;
}
