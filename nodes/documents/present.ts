import { PaperlessError } from '../api/errors';
import type { Kind } from '../api/names';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/transport';
import type { Context, Json } from '../toolkit/operation';
import type { Parameter } from '../toolkit/parameters';
import { readableValue } from './customFields';

/** What a simplified document is made of; `created` first as a date on every server. */
const simplifiedFields = [
	'id',
	'title',
	'created',
	'correspondent',
	'document_type',
	'storage_path',
	'tags',
	'archive_serial_number',
	'custom_fields',
	'added',
	'modified',
	'original_file_name',
];

export const outputParameters = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Raw',
				value: 'raw',
				description: 'What the server sends, with IDs',
			},
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'Only the fields you choose, as the server sends them',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'The most useful fields, with names instead of IDs and a link',
			},
		],
		default: 'simplified',
	},
	{
		displayName: 'Fields',
		name: 'selectedFields',
		type: 'multiOptions',
		displayOptions: { show: { output: ['selected'] } },
		options: [
			{ name: 'Added', value: 'added' },
			{ name: 'Archive Serial Number', value: 'archive_serial_number' },
			{ name: 'Archived File Name', value: 'archived_file_name' },
			{ name: 'Content', value: 'content' },
			{ name: 'Correspondent', value: 'correspondent' },
			{ name: 'Created', value: 'created' },
			{ name: 'Custom Fields', value: 'custom_fields' },
			{ name: 'Document Type', value: 'document_type' },
			{ name: 'MIME Type', value: 'mime_type' },
			{ name: 'Modified', value: 'modified' },
			{ name: 'Notes', value: 'notes' },
			{ name: 'Original File Name', value: 'original_file_name' },
			{ name: 'Owner', value: 'owner' },
			{ name: 'Page Count', value: 'page_count' },
			{ name: 'Storage Path', value: 'storage_path' },
			{ name: 'Tags', value: 'tags' },
			{ name: 'Title', value: 'title' },
			{ name: 'Versions', value: 'versions' },
		],
		default: ['title', 'created', 'tags'],
		description: 'The ID is always included',
	},
] as const satisfies readonly Parameter[];

export const contentParameters = [
	{
		displayName: 'Content Max Length',
		name: 'contentMaxLength',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description: 'Number of characters after which the text of a document is cut off',
	},
	{
		displayName: 'Include Content',
		name: 'includeContent',
		type: 'boolean',
		default: true,
		description: 'Whether to include the text of the document (OCR); it can be long',
	},
] as const satisfies readonly Parameter[];

/** Which file of a document an item of a trigger carries in its field “data”. */
export const downloadChoices = [
	{
		name: 'Archived',
		value: 'archived',
		description: 'The PDF made by Paperless-ngx, or the original where there is none',
	},
	{ name: 'None', value: 'none' },
	{ name: 'Original', value: 'original', description: 'The file as it was uploaded' },
] as const;

export type Presentation = {
	output: 'raw' | 'selected' | 'simplified';
	selectedFields: readonly string[];
	includeContent: boolean;
	contentMaxLength: number | undefined;
};

/** Text is left out unless asked for, by the option or as a selected field. */
export function presentationOf(
	values: {
		output: Presentation['output'];
		selectedFields: readonly string[];
		options?: { includeContent?: boolean; contentMaxLength?: number };
	},
	contentInRaw = false,
): Presentation {
	const { output, selectedFields, options = {} } = values;
	const byDefault =
		output === 'selected' ? selectedFields.includes('content') : contentInRaw && output === 'raw';
	return {
		output,
		selectedFields,
		includeContent: options.includeContent ?? byDefault,
		contentMaxLength: options.contentMaxLength,
	};
}

export const simplified = presentationOf({ output: 'simplified', selectedFields: [] });

/** Asks the server for what will be shown and no more; raw keeps fields that only newer servers have. */
export function fieldsQuery({ output, selectedFields, includeContent }: Presentation): Query {
	switch (output) {
		case 'raw':
			return includeContent ? {} : { truncate_content: 'true' };
		case 'selected':
			return { fields: [...new Set(['id', ...selectedFields])].join(',') };
		case 'simplified':
			return { fields: [...simplifiedFields, ...(includeContent ? ['content'] : [])].join(',') };
	}
}

/** Shows things by their names. Someone may see a document but not the list of tags: then the ids stay. */
export async function namer(
	{ names }: Context,
	kind: Kind,
	ids: readonly unknown[],
): Promise<(id: unknown) => unknown> {
	const known = await names
		.namesOf(
			kind,
			ids.filter((id): id is number => typeof id === 'number'),
		)
		.catch((error: unknown) => {
			if (error instanceof PaperlessError && error.kind === 'forbidden')
				return new Map<number, string>();
			throw error;
		});
	return (id) => (typeof id === 'number' ? (known.get(id) ?? id) : (id ?? null));
}

const plainText = (html: unknown) =>
	typeof html === 'string' && html !== ''
		? html
				.replace(/<[^>]*>/g, '')
				.replace(/&(lt|gt|amp|quot|#x27|#39);/g, (_, name: string) => entities[name] ?? '')
		: undefined;

const entities: Readonly<Record<string, string>> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	'#x27': "'",
	'#39': "'",
};

function searchHit(document: Document): Json {
	const hit = document.__search_hit__;
	if (hit === null || typeof hit !== 'object') return {};
	const { score, highlights } = hit as { score?: unknown; highlights?: unknown };
	return { search_score: score ?? null, search_highlights: plainText(highlights) ?? null };
}

function cutContent(document: Document, { includeContent, contentMaxLength }: Presentation): Json {
	const { content, ...rest } = document;
	if (content === undefined || !includeContent) return rest;
	return { ...rest, content: content.slice(0, contentMaxLength ?? content.length) };
}

async function simplify(
	context: Context,
	documents: readonly Document[],
	presentation: Presentation,
): Promise<Json[]> {
	const instances = documents.flatMap(({ custom_fields = [] }) => custom_fields);
	const [correspondent, documentType, storagePath, tag, fields] = await Promise.all([
		namer(
			context,
			'correspondent',
			documents.map((document) => document.correspondent),
		),
		namer(
			context,
			'documentType',
			documents.map((document) => document.document_type),
		),
		namer(
			context,
			'storagePath',
			documents.map((document) => document.storage_path),
		),
		namer(
			context,
			'tag',
			documents.flatMap(({ tags = [] }) => tags),
		),
		instances.length > 0 ? context.names.all('customField') : [],
	]);
	const fieldsById = new Map(fields.map((field) => [field.id, field]));
	return documents.map((document) => ({
		id: document.id,
		title: document.title,
		created: document.created?.slice(0, 10),
		correspondent: correspondent(document.correspondent),
		document_type: documentType(document.document_type),
		storage_path: storagePath(document.storage_path),
		tags: (document.tags ?? []).map(tag),
		archive_serial_number: document.archive_serial_number ?? null,
		custom_fields: Object.fromEntries(
			(document.custom_fields ?? []).map(({ field, value }) => {
				const definition = fieldsById.get(field);
				return definition
					? [definition.name, readableValue(definition, value)]
					: [String(field), value];
			}),
		),
		// A model pays for each word, and can get a document that it wants to know more about.
		...(!context.forModel && {
			added: document.added,
			modified: document.modified,
			original_file_name: document.original_file_name ?? null,
			...searchHit(document),
		}),
		url: `${context.webUrl}/documents/${document.id}`,
		...('content' in document && { content: cutContent(document, presentation).content }),
	}));
}

/** Documents as the user wants to see them, in the order given. */
export async function present(
	context: Context,
	documents: readonly Document[],
	presentation: Presentation,
): Promise<Json[]> {
	return presentation.output === 'simplified'
		? await simplify(context, documents, presentation)
		: documents.map((document) => cutContent(document, presentation));
}
