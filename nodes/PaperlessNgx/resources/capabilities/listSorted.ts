import type { Listing } from '../../../api/collection';
import { isPaperlessError } from '../../../api/errors';
import type { ListOptions } from '../../../api/readAll';
import type { Query } from '../../../api/httpTransport';
import { attempt } from '../../../toolkit/attempt';

const countOf = (row: object): number => Number('document_count' in row ? row.document_count : 0);

/**
 * The rows in this order. Paperless-ngx 2.20.9 crashes over the number of documents of tags, so they
 * are then sorted here (docs/paperless-api.md#sorting-by-number-of-documents).
 */
export async function listSorted<Row extends { id: number }>(
	listing: Listing<Row>,
	query: Query,
	ordering: string | undefined,
	options: ListOptions,
): Promise<Row[]> {
	if (ordering === undefined) return await listing.list(query, options);
	const rows = await attempt(() => listing.list({ ...query, ordering }, options));
	if (!(rows instanceof Error)) return rows;
	const isByCount = /^-?document_count$/.test(ordering);
	if (!isByCount || !isPaperlessError(rows, 'unavailable') || rows.status !== 500) throw rows;
	const all = await listing.list(query, { ...options, limit: undefined });
	const sign = ordering.startsWith('-') ? -1 : 1;
	return all
		.toSorted((a, b) => sign * (countOf(a) - countOf(b)) || a.id - b.id)
		.slice(0, options.limit);
}
