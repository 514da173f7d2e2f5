import { isRecord } from '../../../../api/json';
import { trimmedText } from '../../../../api/trimmedText';
import type { Document, Permissions } from '../../../../api/schemas/document';
import { membersBeside, sameIds } from '../../../../documents/edit/difference';
import { noteTexts } from '../../../../documents/edit/presentUpdates';
import type { UploadIntent } from './uploadIntent';

/** What an item asked for and a document does not have. */
export type Difference = UploadIntent;

const idsIn = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

const isIdList = (value: unknown): boolean =>
	Array.isArray(value) && value.every((id) => typeof id === 'number');

const sameValue = (a: unknown, b: unknown): boolean =>
	isIdList(a) && isIdList(b)
		? sameIds(idsIn(a), idsIn(b))
		: JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Texts are trimmed by the server, and 2.15 stores a date as a time (docs/paperless-api.md#creation-date). */
const stored = (field: string, value: unknown): unknown => {
	if (typeof value !== 'string') return value ?? null;
	return field === 'created' ? value.slice(0, 10) : trimmedText(value);
};

function missingGrants(wanted: Permissions, permissions: unknown): Permissions | undefined {
	const all = isRecord(permissions) ? permissions : {};
	const found = (action: 'change' | 'view', holder: 'groups' | 'users') => {
		const grants = all[action];
		return idsIn(isRecord(grants) ? grants[holder] : undefined);
	};
	const lacks = (['users', 'groups'] as const).some((holder) => {
		const { change, view } = { change: wanted.change?.[holder], view: wanted.view?.[holder] };
		const changers = found('change', holder);
		// The server lets those who may change a document see it as well.
		const implied = membersBeside(changers, view ?? []);
		const viewers = membersBeside(found('view', holder), implied);
		return (change && !sameIds(change, changers)) || (view && !sameIds(view, viewers));
	});
	return lacks ? wanted : undefined;
}

/** How a document differs from what an item asked for; what it has besides is no difference. */
export function differenceFrom(document: Document, intent: UploadIntent): Difference {
	const held = new Map((document.custom_fields ?? []).map(({ field, value }) => [field, value]));
	const { values, tags, customFields, permissions, note } = intent;
	return {
		values: Object.fromEntries(
			Object.entries(values).filter(
				([field, value]) => stored(field, document[field]) !== stored(field, value),
			),
		),
		tags: membersBeside(tags, document.tags ?? []),
		customFields: Object.fromEntries(
			Object.entries(customFields).filter(
				([id, value]) => !held.has(Number(id)) || !sameValue(held.get(Number(id)), value),
			),
		),
		permissions: permissions && missingGrants(permissions, document.permissions),
		note: noteTexts(document).includes(note.trim()) ? '' : note,
	};
}

/** The names of the fields in a difference, as the output names them. */
export const fieldsIn = ({
	values,
	tags,
	customFields,
	permissions,
	note,
}: Difference): string[] => [
	...Object.keys(values),
	...(tags.length > 0 ? ['tags'] : []),
	...(Object.keys(customFields).length > 0 ? ['custom_fields'] : []),
	...(permissions ? ['permissions'] : []),
	...(note === '' ? [] : ['note']),
];
