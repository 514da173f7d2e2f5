import { z } from 'zod';
import { listing } from './collection';
import type { Connection } from './connection';
import { readAll } from './readAll';
import type { Document } from './schemas/document';
import { documentSchema } from './schemas/document';

/** The server sends whole documents, with their text. */
const rowsPerPage = 100;

/** A document in the trash without its text, or a version of a document. */
export type TrashRow = Document & {
	/** The document of which this row is a version. */
	root_document?: number | null;
	deleted_at?: string | null;
};

const withoutContent = documentSchema.transform((document): TrashRow => {
	const row = { ...document };
	delete row.content;
	return row;
});

export const isVersionRow = ({ root_document: root }: TrashRow): boolean =>
	root !== null && root !== undefined;

export function trash(connection: Connection) {
	const rows = listing<Document>(connection, 'trash', documentSchema);
	return {
		/** The number of documents in the trash and one of them: enough to see that nothing was added. */
		glance: () => rows.page({}, 1, 1),
		/**
		 * Sorted by `created`, newest first. No filter works here. From 3.0 on each version is a
		 * separate row (docs/paperless-api.md#trash-list).
		 */
		list: rows.list,
		/**
		 * Everything in the trash, in the order of `list` and without the texts, which need most of the
		 * memory. One request per 100 rows.
		 */
		rows: (): Promise<TrashRow[]> =>
			readAll(connection, rows.path, {}, z.array(withoutContent), { pageSize: rowsPerPage }),
		/** The texts of these documents, by id. Reads the whole trash, because no filter works here. */
		async contents(ids: ReadonlySet<number>): Promise<Map<number, string | undefined>> {
			const textOf = documentSchema.transform(({ id, content }) => ({
				id,
				content: ids.has(id) ? content : undefined,
			}));
			const found = await readAll(connection, rows.path, {}, z.array(textOf), {
				pageSize: rowsPerPage,
			});
			return new Map(found.map(({ id, content }) => [id, content]));
		},
		/**
		 * One id that is not in the trash rejects the whole request (400). `empty` without ids would
		 * delete everything (docs/paperless-api.md#trash-requests).
		 */
		async act(
			action: 'restore' | 'empty',
			documents: readonly [number, ...number[]],
		): Promise<void> {
			await connection.send('POST', rows.path, { json: { action, documents } }, z.unknown());
		},
	};
}
