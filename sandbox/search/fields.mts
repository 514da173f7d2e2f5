import { type Dialect, fold, Vocabulary } from './analysis.mts';
import type { SearchDocument } from './engine.mts';

/** `keyword` keeps a value whole. `chunk` splits at blanks only, for the simple search of 3.0. */
export type TextKind = 'text' | 'keyword' | 'chunk';
export type Field =
	| { kind: TextKind; texts: (document: SearchDocument) => string[] }
	| { kind: 'number' | 'flag' | 'date'; numbers: (document: SearchDocument) => number[] };

const some = <T,>(value: T | null | undefined): T[] =>
	value === null || value === undefined ? [] : [value];
const text = (texts: (document: SearchDocument) => string[], kind: TextKind = 'text'): Field => ({
	kind,
	texts,
});
const number = (numbers: (document: SearchDocument) => number[]): Field => ({
	kind: 'number',
	numbers,
});
const flag = (read: (document: SearchDocument) => boolean): Field => ({
	kind: 'flag',
	numbers: (document) => [read(document) ? 1 : 0],
});
const date = (read: (document: SearchDocument) => string): Field => ({
	kind: 'date',
	numbers: (document) => [Date.parse(read(document))],
});
const joinedNotes = (document: SearchDocument) => document.notes.map(({ note }) => note).join(',');

const COMMON: Record<string, Field> = {
	id: number((d) => [d.id]),
	title: text((d) => [d.title]),
	content: text((d) => [d.content]),
	correspondent: text((d) => some(d.correspondent)),
	correspondent_id: number((d) => some(d.correspondentId)),
	owner_id: number((d) => some(d.owner?.id)),
	asn: number((d) => some(d.asn)),
	page_count: number((d) => some(d.pageCount)),
	original_filename: text((d) => some(d.originalFilename)),
	created: date((d) => d.created.slice(0, 10)),
	added: date((d) => d.added),
	modified: date((d) => d.modified),
};

export const FIELDS: Record<Dialect, Record<string, Field>> = {
	whoosh: {
		...COMMON,
		tag: text((d) => d.tags.map(({ name }) => name.toLowerCase()), 'keyword'),
		tag_id: text((d) => d.tags.map(({ id }) => String(id)), 'keyword'),
		type: text((d) => some(d.documentType)),
		type_id: number((d) => some(d.documentTypeId)),
		path: text((d) => some(d.storagePath)),
		path_id: number((d) => some(d.storagePathId)),
		notes: text((d) => [joinedNotes(d)]),
		// The real index counts the characters of the joined notes here, not the notes.
		num_notes: number((d) => [joinedNotes(d).length]),
		custom_fields: text((d) => d.customFields.map(({ name, value }) => `${name} : ${value}`)),
		custom_field_count: number((d) => [d.customFields.length]),
		custom_fields_id: text((d) => d.customFields.map(({ id }) => String(id)), 'keyword'),
		owner: text((d) => some(d.owner?.username)),
		viewer_id: text((d) => d.viewerIds.map(String), 'keyword'),
		checksum: text((d) => [d.checksum]),
		has_correspondent: flag((d) => d.correspondentId !== null),
		has_tag: flag((d) => d.tags.length > 0),
		has_type: flag((d) => d.documentTypeId !== null),
		has_path: flag((d) => d.storagePathId !== null),
		has_custom_fields: flag((d) => d.customFields.length > 0),
		has_owner: flag((d) => d.owner !== null),
		is_shared: flag((d) => d.viewerIds.length > 0),
	},
	tantivy: {
		...COMMON,
		tag: text((d) => d.tags.map(({ name }) => name)),
		tag_id: number((d) => d.tags.map(({ id }) => id)),
		document_type: text((d) => some(d.documentType)),
		document_type_id: number((d) => some(d.documentTypeId)),
		storage_path: text((d) => some(d.storagePath)),
		storage_path_id: number((d) => some(d.storagePathId)),
		notes: text(() => []),
		'notes.note': text((d) => d.notes.map(({ note }) => note)),
		'notes.user': text((d) => d.notes.map(({ user }) => user)),
		notes_text: text((d) => [d.notes.map(({ note }) => note).join(' ')]),
		num_notes: number((d) => [d.notes.length]),
		custom_fields: text(() => []),
		'custom_fields.name': text((d) => d.customFields.map(({ name }) => name)),
		'custom_fields.value': text((d) => d.customFields.map(({ value }) => value)),
		viewer_id: number((d) => d.viewerIds),
		checksum: text((d) => [d.checksum], 'keyword'),
		simple_title: text((d) => [d.title], 'chunk'),
		simple_content: text((d) => [d.content], 'chunk'),
	},
};

/** The fields that are searched for a word without a field name. */
export const DEFAULT_FIELDS: Record<Dialect, string[]> = {
	whoosh: ['content', 'title', 'correspondent', 'tag', 'type', 'notes', 'custom_fields'],
	tantivy: ['title', 'content', 'correspondent', 'document_type', 'tag'],
};

/** Caches the words of every text until the text changes. */
export class Tokens {
	private readonly cache = new Map<
		string,
		Map<number, { texts: string[]; numbers: Uint32Array }>
	>();
	readonly vocabulary: Vocabulary;

	constructor(dialect: Dialect) {
		this.vocabulary = new Vocabulary(dialect);
	}

	of(name: string, field: Field & { kind: TextKind }, document: SearchDocument): Uint32Array {
		let known = this.cache.get(name);
		if (known === undefined) this.cache.set(name, (known = new Map()));
		const texts = field.texts(document);
		const old = known.get(document.id);
		if (
			old?.texts.length === texts.length &&
			texts.every((part, index) => part === old.texts[index])
		) {
			return old.numbers;
		}
		const numbers = this.encode(field.kind, texts);
		known.set(document.id, { texts, numbers });
		return numbers;
	}

	known(name: string): Iterable<{ numbers: Uint32Array }> {
		return this.cache.get(name)?.values() ?? [];
	}

	private encode(kind: TextKind, texts: string[]): Uint32Array {
		const { vocabulary } = this;
		if (kind === 'keyword') {
			return Uint32Array.from(texts, (value) => vocabulary.add(value.trim()));
		}
		const parts = texts.map((part) =>
			kind === 'text'
				? vocabulary.encode(part)
				: Uint32Array.from(fold(part).match(/\S+/g) ?? [], (chunk) => vocabulary.add(chunk)),
		);
		if (parts.length === 1) return parts[0]!;
		// The 0 between values keeps phrases from matching across them.
		return Uint32Array.from(parts.flatMap((part) => [...part, 0]));
	}
}
