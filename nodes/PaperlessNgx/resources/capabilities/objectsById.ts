import type { Kind, ObjectOf } from '../../../api/kinds';
import type { Query } from '../../../api/httpTransport';
import { chunks } from '../../../documents/documentsById';
import type { Context } from '../../../toolkit/operation';
import type { Readable } from './readable';

const objectsPerRequest = 500;

/** The objects with these ids that the token’s user may see, by id. */
export async function objectsById<K extends Kind>(
	{ api }: Context,
	{ collection }: Pick<Readable<K>, 'collection'>,
	ids: readonly number[],
	query: Query = {},
): Promise<Map<number, ObjectOf<K>>> {
	const wanted = [...new Set(ids)];
	const found = new Map<number, ObjectOf<K>>();
	for (const chunk of chunks(wanted, objectsPerRequest)) {
		const options = { pageSize: objectsPerRequest };
		const rows = await collection(api).list({ ...query, id__in: chunk.join(',') }, options);
		// Some lists ignore the filter (docs/paperless-api.md#ignored-filters).
		for (const row of rows) if (chunk.includes(row.id)) found.set(row.id, row);
	}
	return found;
}
