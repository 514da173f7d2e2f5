import { z } from 'zod';
import { bulkEdit } from './bulkEdit';
import { collection } from './collection';
import type { Connection } from './connection';
import { documentFiles } from './documentFiles';
import { asError } from './errors';
import type { SearchQuery } from './explainSearch';
import { explainSearch, searchOf, viewOfQuery } from './explainSearch';
import { documentInsights } from './documentInsights';
import type { Query } from './httpTransport';
import { asksForLinks, withoutLinkConditions } from './asksForLinks';
import type { ListOptions } from './readAll';
import { requireShortSearch } from './requireShortSearch';
import type { Document, DocumentChanges } from './schemas/document';
import { documentListSchema, documentSchema } from './schemas/document';

export type Mail = {
	/** Bare addresses separated by commas. */
	addresses: string;
	subject: string;
	message: string;
	use_archive_version: boolean;
};

/** Without its text a row is small; with it some documents carry hundreds of kilobytes. */
const pageSizes = { withContent: 100, withoutContent: 1000 } as const;

/**
 * Ids per request: 500 stay well under the 8 kB that proxies allow a URL, and a bulk edit of them
 * under a proxy's 60 s (docs/paperless-api.md#request-sizes).
 */
export const documentsPerRequest = 500;

export function documents(connection: Connection) {
	const rows = collection<Document, DocumentChanges>(
		connection,
		'documents',
		documentSchema,
		documentListSchema,
	);

	const customFieldsOf = (ids: readonly number[]) =>
		rows.list(
			{ id__in: ids.join(','), fields: 'id,custom_fields', ordering: 'id' },
			{ pageSize: pageSizes.withoutContent },
		);

	const answerableQuery = async (query: Query): Promise<Query> =>
		(await connection.server()).has('linksToAnyDocument')
			? query
			: await withoutLinkConditions(query, customFieldsOf, documentsPerRequest);

	return {
		...documentFiles(connection),
		...documentInsights(connection),

		/** `query.fields` decides what comes back; a full text search brings `__search_hit__`. */
		async list(query: SearchQuery, options: Partial<ListOptions> = {}): Promise<Document[]> {
			const withContent = (query.fields ?? 'content').split(',').includes('content');
			const pageSize = withContent ? pageSizes.withContent : pageSizes.withoutContent;
			const parameter = query[viewOfQuery] === undefined ? 'searchText' : undefined;
			await requireShortSearch(connection, searchOf(query), parameter);
			const answerable = asksForLinks(query) ? await answerableQuery(query) : query;
			const read = rows.list(answerable, { pageSize, ...options });
			return await read.then(
				(documents) => documents,
				(thrown: unknown) => {
					throw explainSearch(asError(thrown), query);
				},
			);
		},
		page: rows.page,
		/** 404 where the document is in the trash or not visible. */
		get: (id: number, query: Query = {}): Promise<Document> =>
			connection.get(`${rows.path}${id}/`, query, documentSchema),
		/** The document of which this id is a version; `undefined` for the id of a document. */
		rootOf: (id: number): Promise<number | undefined> => connection.rootOf(id),
		/**
		 * PATCH: a bad field keeps everything unchanged. Never sends `fields`, which would drop the
		 * rest (docs/paperless-api.md#fields-on-writes).
		 */
		update: rows.update,
		/** Moves the document to the trash, with all its versions. */
		delete: rows.delete,
		bulkEdit: bulkEdit(connection),

		/**
		 * The highest number in use plus one; the server ignores documents in the trash
		 * (docs/paperless-api.md#serial-numbers).
		 */
		nextAsn: () => connection.get(`${rows.path}next_asn/`, {}, z.number()),

		/**
		 * Sends several documents in one message from 2.19 on, and one message per document before
		 * (docs/paperless-api.md#e-mails).
		 */
		async email(ids: readonly number[], mail: Mail): Promise<void> {
			const server = await connection.server();
			if (server.has('emailOfSeveral')) {
				const json = { documents: ids, ...mail };
				await connection.send('POST', `${rows.path}email/`, { json }, z.unknown());
				return;
			}
			for (const id of ids) {
				await connection.send('POST', `${rows.path}${id}/email/`, { json: mail }, z.unknown());
			}
		},
	};
}
