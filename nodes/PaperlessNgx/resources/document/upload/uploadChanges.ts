import { isRecord } from '../../../../api/json';
import type { Json } from '../../../../toolkit/operation';

const valueFields = [
	'archive_serial_number',
	'correspondent',
	'created',
	'document_type',
	'owner',
	'storage_path',
	'title',
];

const differ = (a: unknown, b: unknown) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function listChange(before: unknown, after: unknown): Json | undefined {
	const [had, has] = [listOf(before), listOf(after)];
	const added = has.filter((member) => !had.includes(member));
	const removed = had.filter((member) => !has.includes(member));
	return added.length + removed.length > 0 ? { added, removed } : undefined;
}

function valueChanges(before: Json, after: Json, fields: readonly string[]): Json {
	return Object.fromEntries(
		fields
			.filter((field) => differ(before[field], after[field]))
			.map((field) => [field, { from: before[field] ?? null, to: after[field] ?? null }]),
	);
}

const noteTexts = (notes: unknown) =>
	listOf(notes).flatMap((note) => (isRecord(note) ? [note.note] : []));

/** What changed between two states of a document with names in place of ids, as triggers report it. */
export function uploadChanges(before: Json, after: Json): Json {
	const had = isRecord(before.custom_fields) ? before.custom_fields : {};
	const has = isRecord(after.custom_fields) ? after.custom_fields : {};
	const fields = valueChanges(had, has, [...new Set([...Object.keys(had), ...Object.keys(has)])]);
	const tags = listChange(before.tags, after.tags);
	const notes = listChange(noteTexts(before.notes), noteTexts(after.notes));
	return {
		...valueChanges(before, after, valueFields),
		...(tags && { tags }),
		...(notes && { notes }),
		...(Object.keys(fields).length > 0 && { custom_fields: fields }),
		...valueChanges(before, after, ['permissions']),
	};
}
