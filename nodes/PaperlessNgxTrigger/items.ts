import type { Document } from '../api/schemas/document';
import type { Query } from '../api/transport';
import { documentsById } from '../documents/documentsById';
import { withFile } from '../documents/output/withFile';
import { fieldsQuery, presentationOf } from '../documents/output/presentation';
import { present } from '../documents/output/present';
import type { Row } from '../events/cursor';
import type { EventName } from '../events/events';
import { eventId } from '../events/events';
import { microsecondsOf } from '../events/instants';
import type { Context, Output } from '../toolkit/operation';
import type { TriggerValues } from './parameters';

/** An event, and the change of its document that brought it. */
export type Happening = Row & { event: EventName; more?: Output['json'] };

/** The documents among these ids that match the filters. */
export const documentsThat = async (
	{ api }: Context,
	ids: readonly number[],
	query: Query,
): Promise<Document[]> => [...(await documentsById(api, ids, query)).values()];

/** The documents as the output mode shows them, by id. */
async function shownBy(
	context: Context,
	values: TriggerValues,
	documents: readonly Document[],
): Promise<Map<number, Output['json']>> {
	const shown = await present(context, documents, presentationOf(values, false));
	return new Map(documents.map(({ id }, at) => [id, shown[at] ?? {}]));
}

/** One item for each event, in their order. What was deleted in the meantime has none. */
export async function itemsOf(
	context: Context,
	values: TriggerValues,
	happenings: readonly Happening[],
	query: Query,
): Promise<Output[]> {
	const fields = fieldsQuery(presentationOf(values, false));
	const left = ({ event }: Happening) => event === 'documentNoLongerMatches';
	const idsOf = (some: readonly Happening[]) => [...new Set(some.map(({ id }) => id))];
	const within = await documentsThat(
		context,
		idsOf(happenings.filter((happening) => !left(happening))),
		{ ...query, ...fields },
	);
	const outside = await documentsThat(context, idsOf(happenings.filter(left)), fields);
	const shown = await shownBy(context, values, within);
	const shownOutside = await shownBy(context, values, outside);
	const { download = 'none' } = values.options;
	const outputs: Output[] = [];
	for (const happening of happenings) {
		const { id, event, modified, more } = happening;
		const document = (left(happening) ? shownOutside : shown).get(id);
		if (document === undefined) continue;
		const event_id = eventId(event, id, microsecondsOf(modified));
		const json = { event, event_id, ...more, ...document };
		// One after the other: a burst of documents should not become one of downloads.
		outputs.push(download === 'none' ? { json } : await withFile(context, id, download, json));
	}
	return outputs;
}
