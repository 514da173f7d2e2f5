import { firstCharacters } from '../../api/firstCharacters';
import { isRecord } from '../../api/json';
import type { Document } from '../../api/schemas/document';
import type { CustomField } from '../../api/schemas/named';
import type { Context, Json } from '../../toolkit/operation';
import { readableValue } from '../encodeCustomFields';
import { seenCustomFields } from '../seenCustomFields';
import { byFieldName } from '../byFieldName';
import { namer } from './namer';
import { plainText } from './plainText';
import { presentPermissions } from './presentPermissions';
import type { Presentation } from './presentation';

function searchHit({ __search_hit__: hit }: Document): Json {
	if (!isRecord(hit)) return {};
	const { score = null, highlights } = hit;
	return {
		search_score: score,
		search_highlights:
			typeof highlights === 'string' && highlights !== '' ? plainText(highlights) : null,
	};
}

/** Characters of a text that a model gets unless more is asked for: at most some 1,700 tokens. */
const readByModel = 5000;

function cutText(text: string, { contentMaxLength }: Presentation, { forModel }: Context): string {
	if (!forModel || contentMaxLength !== undefined || text.length <= readByModel)
		return firstCharacters(text, contentMaxLength ?? text.length);
	return `${firstCharacters(text, readByModel)}… (cut after ${readByModel} of ${text.length} characters, because Content Max Length is not set)`;
}

function cutContent(context: Context, document: Document, presentation: Presentation): Json {
	const { content, ...rest } = document;
	if (content === undefined || !presentation.includeContent) return rest;
	return { ...rest, content: cutText(content, presentation, context) };
}

/** Values by the names of their fields; a field that is hidden from the user goes by its id. */
const namedFields = (
	{ custom_fields: instances = [] }: Document,
	fields: ReadonlyMap<number, CustomField>,
): Json =>
	byFieldName(
		instances.map(({ field: id, value }) => {
			const field = fields.get(id);
			return field ? [field.name, readableValue(field, value)] : [String(id), value];
		}),
	);

async function simplify(
	context: Context,
	documents: readonly Document[],
	presentation: Presentation,
): Promise<Json[]> {
	const idsOf = (field: 'correspondent' | 'document_type' | 'storage_path') =>
		documents.map((document) => document[field]);
	const tagIds = documents.flatMap(({ tags = [] }) => tags);
	const haveFields = documents.some(({ custom_fields = [] }) => custom_fields.length > 0);
	const [correspondent, documentType, storagePath, tag, fields, permissions] = await Promise.all([
		namer(context, 'correspondent', idsOf('correspondent')),
		namer(context, 'documentType', idsOf('document_type')),
		namer(context, 'storagePath', idsOf('storage_path')),
		namer(context, 'tag', tagIds),
		haveFields ? seenCustomFields(context) : new Map<number, CustomField>(),
		presentation.includePermissions ? presentPermissions(context, documents) : () => ({}),
	]);
	return documents.map((document) => ({
		id: document.id,
		title: document.title,
		// A time on servers before 2.16.
		created: document.created?.slice(0, 10),
		correspondent: correspondent(document.correspondent),
		document_type: documentType(document.document_type),
		storage_path: storagePath(document.storage_path),
		tags: (document.tags ?? []).map(tag),
		archive_serial_number: document.archive_serial_number ?? null,
		custom_fields: namedFields(document, fields),
		...permissions(document),
		// A model pays for every word, and can get a document that it wants to know more about.
		...(!context.forModel && {
			added: document.added,
			modified: document.modified,
			original_file_name: document.original_file_name ?? null,
			...searchHit(document),
		}),
		url: `${context.webUrl}/documents/${document.id}`,
		...('content' in document && { content: cutContent(context, document, presentation).content }),
	}));
}

/** Documents as the user wants to see them, in the given order. */
export async function present(
	context: Context,
	documents: readonly Document[],
	presentation: Presentation,
): Promise<Json[]> {
	return presentation.output === 'simplified'
		? await simplify(context, documents, presentation)
		: documents.map((document) => cutContent(context, document, presentation));
}
