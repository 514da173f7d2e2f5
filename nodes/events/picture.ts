import { z } from 'zod';
import type { DocumentDiff, ValueDiff, ValueField } from './documentDiff';
import { emptyDiff, hasChanged, isUnchanged, listDiff, valueFields } from './documentDiff';

/** Longer values of custom fields are abridged. */
const maxValueLength = 120;

/**
 * A document at an earlier time, as far as a list shows it: the ids of its tags and notes, and the
 * values of custom fields by the id of the field. Empty fields are absent.
 */
export const pictureSchema = z.object({
	id: z.number(),
	modified: z.string(),
	fields: z.record(z.unknown()),
	tags: z.array(z.number()),
	notes: z.array(z.number()),
	values: z.record(z.unknown()),
	/** The id of the latest history entry that was read. */
	entry: z.number().optional(),
});

export type Picture = z.infer<typeof pictureSchema>;

/** The fields of a row that a picture needs, as the server's `fields` parameter. */
export const pictureFields = [
	'id',
	'modified',
	...valueFields,
	'tags',
	'notes',
	'custom_fields',
].join(',');

/** The number of pictures that are kept. */
export const maxPictures = 200;

type DocumentRow = {
	id: number;
	tags?: number[];
	custom_fields?: Array<{ field: number; value?: unknown }>;
	[field: string]: unknown;
};

const checksum = (text: string): number =>
	Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2 ** 31, 7);

const abridged = (value: unknown): unknown => {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > maxValueLength
		? `${text.slice(0, maxValueLength)}…${checksum(text)}`
		: value;
};

const valueOf = (row: DocumentRow, field: ValueField) =>
	// Older servers send a time.
	field === 'created' ? String(row.created).slice(0, 10) : row[field];

const noteIds = ({ notes }: DocumentRow): number[] =>
	Array.isArray(notes) ? notes.map(({ id }: { id: number }) => id) : [];

/** The picture of a document; `entry` is the id of the latest history entry that was read. */
export function pictureOf(row: DocumentRow, entry?: number): Picture {
	const { id, tags = [], custom_fields: customFields = [] } = row;
	const filled = valueFields
		.map((field) => [field, valueOf(row, field)] as const)
		.filter(([, value]) => value !== null && value !== undefined);
	return {
		id,
		modified: String(row.modified),
		fields: Object.fromEntries(filled),
		tags,
		notes: noteIds(row),
		values: Object.fromEntries(
			customFields.map(({ field, value }) => [field, abridged(value ?? null)]),
		),
		...(entry !== undefined && { entry }),
	};
}

/** An abridged value is not fit to be shown as `from`. */
const valueDiff = (before: unknown, to: unknown): ValueDiff =>
	typeof before === 'string' && before.length > maxValueLength
		? { to }
		: { from: before ?? null, to };

function customFieldDiffs(
	before: Picture,
	after: Picture,
	{ custom_fields: customFields = [] }: DocumentRow,
): Map<number, ValueDiff> {
	const now = new Map(customFields.map(({ field, value }) => [String(field), value]));
	const ids = new Set([...Object.keys(before.values), ...Object.keys(after.values)]);
	// An empty value (null) differs from a field that the document does not have (undefined).
	const changed = [...ids].filter(
		(id) => JSON.stringify(before.values[id]) !== JSON.stringify(after.values[id]),
	);
	return new Map(
		changed.map((id) => [Number(id), valueDiff(before.values[id], now.get(id) ?? null)]),
	);
}

/** How a document differs from its picture. */
export function diffFromPicture(before: Picture, row: DocumentRow): DocumentDiff {
	const after = pictureOf(row);
	const fields = valueFields
		.map((field): [ValueField, ValueDiff] => [
			field,
			{ from: before.fields[field] ?? null, to: after.fields[field] ?? null },
		])
		.filter(([, diff]) => hasChanged(diff));
	const tags = listDiff(before.tags, after.tags);
	const notes = listDiff(before.notes, after.notes);
	return {
		...emptyDiff,
		fields: Object.fromEntries(fields),
		lists: { ...(!isUnchanged(tags) && { tags }), ...(!isUnchanged(notes) && { notes }) },
		customFields: customFieldDiffs(before, after, row),
	};
}

/** Characters. A document without a picture counts as one that was not seen before. */
const largestPicture = 30_000;

const isSmall = (picture: Picture) => JSON.stringify(picture).length <= largestPicture;

/**
 * Newer pictures replace older ones of the same documents; beyond the limit the oldest are dropped,
 * and those that are too large to be kept.
 */
export function withPictures(pictures: readonly Picture[], newer: readonly Picture[]): Picture[] {
	const replaced = new Set(newer.map(({ id }) => id));
	const kept = pictures.filter(({ id }) => !replaced.has(id));
	return [...kept, ...newer.filter(isSmall)].slice(-maxPictures);
}
