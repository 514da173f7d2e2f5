import type { Document } from '../../api/schemas/document';
import type { Query } from '../../api/httpTransport';
import { documentsById } from '../../documents/documentsById';
import type { Row } from '../../events/cursor';
import { RangeSet } from '../../events/rangeSet';
import type { Context } from '../../toolkit/operation';

/** The fields that a row needs, as the server's `fields` parameter. */
export const rowFields = 'id,modified';

export const rowsOf = (documents: readonly Document[]): Row[] =>
	documents.map(({ id, modified }) => ({ id, modified: String(modified) }));

export const idSet = (rows: ReadonlyArray<{ id: number }>): RangeSet =>
	RangeSet.empty.with(rows.map(({ id }) => id));

/** The rows of all documents that match the filters, by ascending id. */
export const matchingRows = async ({ api }: Context, query: Query): Promise<Row[]> =>
	rowsOf(await api.documents.list({ ...query, fields: rowFields, ordering: 'id' }));

/** The documents among these ids that match the filters, by ascending id in each request. */
export async function documentsAmong(
	{ api }: Context,
	ids: readonly number[],
	query: Query,
): Promise<Document[]> {
	// The server accepts only one list of ids, so the list of a filter is applied here.
	const filterIds =
		query.id__in === undefined ? undefined : new Set(String(query.id__in).split(','));
	const wanted = ids.filter((id) => !filterIds || filterIds.has(String(id)));
	return [...(await documentsById(api, wanted, query)).values()];
}
