import { z } from 'zod';
import type { Connection } from './connection';
import { readText } from './readText';
import { parseJson } from './json';

const record = z.record(z.unknown());
const ids = z.array(z.number());

const suggestionsSchema = z
	.object({
		correspondents: ids,
		tags: ids,
		document_types: ids,
		storage_paths: ids,
		/**
		 * Read in the server's order of day and month, even from ISO dates in the text
		 * (docs/paperless-api.md#suggested-dates).
		 */
		dates: z.array(z.string()),
	})
	.passthrough();

export type Suggestions = z.infer<typeof suggestionsSchema>;

const counts = z.array(z.object({ id: z.number(), document_count: z.number() }));

const selectionSchema = z.object({
	selected_correspondents: counts,
	selected_tags: counts,
	selected_document_types: counts,
	selected_storage_paths: counts,
	selected_custom_fields: counts,
});

/** Bytes; more than a model writes. */
const longestAnswer = 256 * 1024;

const chatMarker = '\n\n__PAPERLESS_CHAT_METADATA__';

/** What the server knows, suggests and answers about documents. */
export function documentInsights(connection: Connection) {
	const at = (id: number) => `api/documents/${id}/`;
	return {
		/** Of the newest file, or of the given version, which servers understand from 3.0 on. */
		metadata: (id: number, version?: number) =>
			connection.get(
				`${at(id)}metadata/`,
				version === undefined ? {} : { version: String(version) },
				record,
			),
		/** Newest first. */
		history: (id: number) => connection.get(`${at(id)}history/`, {}, z.array(record)),
		suggestions: (id: number) => connection.get(`${at(id)}suggestions/`, {}, suggestionsSchema),
		/** Asks the server's AI, which is slow and may be paid by the request: never repeated. */
		aiSuggestions: (id: number) =>
			connection.getOnce(`${at(id)}ai_suggestions/`, suggestionsSchema),
		/** How often each tag, correspondent … occurs among these documents. */
		selection: (documents: readonly number[]) =>
			connection.send(
				'POST',
				'api/documents/selection_data/',
				{ json: { documents } },
				selectionSchema,
			),

		/**
		 * Asks the server's AI about one document or the whole archive. The server answers in plain
		 * text and appends the references after a marker. It reports an error that occurs after the
		 * first word within the text (docs/paperless-api.md#ai-answers).
		 */
		async ask(
			question: string,
			document?: number,
		): Promise<{ answer: string; references: unknown }> {
			const json = { q: question, ...(document !== undefined && { document_id: document }) };
			const reply = await connection.open('api/documents/chat/', {}, { json });
			const [answer = '', trailer] = (await readText(reply.body, longestAnswer))
				.text()
				.split(chatMarker);
			const parsed = trailer === undefined ? undefined : parseJson(trailer);
			return { answer: answer.trim(), references: parsed?.ok ? parsed.json : null };
		},
	};
}
