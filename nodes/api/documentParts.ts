import { z } from 'zod';
import type { Connection } from './connection';
import { readText } from './connection';
import { parseJson } from './errors';
import type { ByteStream } from './httpTransport';

const record = z.record(z.unknown());
const ids = z.array(z.number());

const suggestionsSchema = z
	.object({
		correspondents: ids,
		tags: ids,
		document_types: ids,
		storage_paths: ids,
		/** Read by the server's order of day and month, ISO dates in the text too (§3.4). */
		dates: z.array(z.string()),
	})
	.passthrough();

export type Suggestions = z.infer<typeof suggestionsSchema>;

export type ZipOptions = {
	content: 'archive' | 'originals' | 'both';
	compression: 'none' | 'deflated' | 'bzip2' | 'lzma';
	follow_formatting: boolean;
};

export type Mail = {
	/** Bare addresses separated by commas. */
	addresses: string;
	subject: string;
	message: string;
	use_archive_version: boolean;
};

const counts = z.array(z.object({ id: z.number(), document_count: z.number() }));

const selectionSchema = z.object({
	selected_correspondents: counts,
	selected_tags: counts,
	selected_document_types: counts,
	selected_storage_paths: counts,
	selected_custom_fields: counts,
});

const chatMarker = '\n\n__PAPERLESS_CHAT_METADATA__';

/** What hangs on a document, and what is asked about several at once. */
export function documentParts(connection: Connection) {
	const at = (id: number) => `api/documents/${id}/`;
	return {
		metadata: async (id: number) => await connection.get(`${at(id)}metadata/`, {}, record),
		/** Newest first. */
		history: async (id: number) => await connection.get(`${at(id)}history/`, {}, z.array(record)),
		suggestions: async (id: number) =>
			await connection.get(`${at(id)}suggestions/`, {}, suggestionsSchema),
		/** Asks the server's AI; slow. */
		aiSuggestions: async (id: number) =>
			await connection.get(`${at(id)}ai_suggestions/`, {}, suggestionsSchema),
		/** The highest number in use plus one; numbers of trashed documents are not counted (trap 36). */
		nextAsn: async () => await connection.get('api/documents/next_asn/', {}, z.number()),
		selection: async (documents: readonly number[]) =>
			await connection.send(
				'POST',
				'api/documents/selection_data/',
				{ json: { documents } },
				selectionSchema,
			),

		/** Several documents in one mail from 2.19 on, before that one mail a document (§3.4). */
		async email(documents: readonly number[], mail: Mail): Promise<void> {
			const server = await connection.server();
			if (server.has('emailOfSeveral')) {
				const json = { documents, ...mail };
				await connection.send('POST', 'api/documents/email/', { json }, z.unknown());
				return;
			}
			for (const id of documents) {
				await connection.send('POST', `${at(id)}email/`, { json: mail }, z.unknown());
			}
		},

		/**
		 * Asks the server's AI about one document or the whole archive. It answers in
		 * plain text, at the end with references behind a marker; what goes wrong later than the
		 * first word is part of the text (§3.4).
		 */
		async ask(
			question: string,
			document?: number,
		): Promise<{ answer: string; references: unknown }> {
			const json = { q: question, ...(document !== undefined && { document_id: document }) };
			const reply = await connection.open('api/documents/chat/', {}, { json });
			const [answer = '', trailer] = (await readText(reply.body)).split(chatMarker);
			const parsed = trailer === undefined ? undefined : parseJson(trailer);
			return { answer: answer.trim(), references: parsed?.ok ? parsed.json : null };
		},

		async zip(documents: readonly number[], options: ZipOptions): Promise<ByteStream> {
			const json = { documents, ...options };
			return (await connection.open('api/documents/bulk_download/', {}, { json })).body;
		},
	};
}
