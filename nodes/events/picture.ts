import { z } from 'zod';
import type { Changes, Step, SteppedField } from './documentDiff';
import { difference, isNothing, isStep, noChanges, steppedFields } from './documentDiff';

/** Values that are longer are known by a part of them. */
const longestValue = 120;

/**
 * What a document was like when it was looked at last, as far as a list tells: the ids of its tags
 * and notes, its values by the id of their field. What is empty is left out.
 */
export const pictureSchema = z.object({
	id: z.number(),
	modified: z.string(),
	fields: z.record(z.unknown()),
	tags: z.array(z.number()),
	notes: z.array(z.number()),
	values: z.record(z.unknown()),
	/** The latest entry of its history that was read. */
	entry: z.number().optional(),
});

export type Picture = z.infer<typeof pictureSchema>;

/** The fields of a row that a picture is made of. */
export const pictureFields = [
	'id',
	'modified',
	...steppedFields,
	'tags',
	'notes',
	'custom_fields',
].join(',');

/** So many documents are remembered, those that changed last. */
export const picturesKept = 200;

type Row = {
	id: number;
	tags?: number[];
	custom_fields?: Array<{ field: number; value?: unknown }>;
	[field: string]: unknown;
};

const isEmpty = (value: unknown) => value === null || value === undefined;

const checksum = (text: string): number =>
	Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2 ** 31, 7);

const abridged = (value: unknown): unknown => {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > longestValue ? `${text.slice(0, longestValue)}…${checksum(text)}` : value;
};

const valueOf = (row: Row, field: SteppedField) =>
	// A time on older servers.
	field === 'created' ? String(row.created).slice(0, 10) : row[field];

export const noteIds = ({ notes }: Row): number[] =>
	Array.isArray(notes) ? notes.map(({ id }: { id: number }) => id) : [];

export function pictureOf(row: Row, entry?: number): Picture {
	const { id, tags = [], custom_fields: instances = [] } = row;
	const filled = steppedFields
		.map((field) => [field, valueOf(row, field)] as const)
		.filter(([, value]) => !isEmpty(value));
	return {
		id,
		modified: String(row.modified),
		fields: Object.fromEntries(filled),
		tags,
		notes: noteIds(row),
		values: Object.fromEntries(
			instances.map(({ field, value }) => [field, abridged(value ?? null)]),
		),
		...(entry !== undefined && { entry }),
	};
}

/** Without `from` where it was abridged. */
const stepFrom = (before: unknown, to: unknown): Step =>
	typeof before === 'string' && before.length > longestValue
		? { to }
		: { from: before ?? null, to };

function changedValues(before: Picture, after: Picture, row: Row): Map<number, Step> {
	const { custom_fields: instances = [] } = row;
	const now = new Map(instances.map(({ field, value }) => [String(field), value]));
	const ids = new Set([...Object.keys(before.values), ...Object.keys(after.values)]);
	// One that is there and empty is told apart from one that is not there.
	const changed = [...ids].filter(
		(id) => JSON.stringify(before.values[id]) !== JSON.stringify(after.values[id]),
	);
	return new Map(
		changed.map((id) => [Number(id), stepFrom(before.values[id], now.get(id) ?? null)]),
	);
}

/** From the picture of a document to what its row says now. */
export function changesFrom(before: Picture, row: Row): Changes {
	const after = pictureOf(row);
	const steps = steppedFields
		.map((field): [SteppedField, Step] => [
			field,
			{ from: before.fields[field] ?? null, to: after.fields[field] ?? null },
		])
		.filter(([, step]) => isStep(step));
	const tags = difference(before.tags, after.tags);
	const notes = difference(before.notes, after.notes);
	return {
		...noChanges,
		steps: Object.fromEntries(steps),
		sets: { ...(!isNothing(tags) && { tags }), ...(!isNothing(notes) && { notes }) },
		customFields: changedValues(before, after, row),
	};
}

/** The newer ones replace older ones of the same documents, and the oldest are forgotten. */
export function withPictures(pictures: readonly Picture[], newer: readonly Picture[]): Picture[] {
	const replaced = new Set(newer.map(({ id }) => id));
	return [...pictures.filter(({ id }) => !replaced.has(id)), ...newer].slice(-picturesKept);
}
