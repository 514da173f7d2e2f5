import type { Kind } from '../api/kinds';
import type { Context, Json } from '../toolkit/operation';
import { readableValue } from './encodeCustomFields';

/** Keys of a change whose values are ids, and the kind of object they refer to. */
const kinds: Readonly<Record<string, Kind>> = {
	add_tags: 'tag',
	correspondent: 'correspondent',
	document_type: 'documentType',
	groups: 'group',
	owner: 'user',
	remove_custom_fields: 'customField',
	remove_tags: 'tag',
	storage_path: 'storagePath',
	tags: 'tag',
	users: 'user',
};

const fieldEntries = (values: unknown): Array<[id: number, value: unknown]> =>
	Array.isArray(values)
		? values.map(({ field, value }: { field: number; value: unknown }) => [field, value])
		: Object.entries(values as object).map(([id, value]) => [Number(id), value]);

async function withNames({ names }: Context, kind: Kind, value: unknown): Promise<unknown> {
	const known = new Map((await names.known(kind)).map(({ id, name }) => [id, name]));
	const nameOf = (id: unknown) => known.get(Number(id)) ?? id;
	if (Array.isArray(value)) return value.map(nameOf);
	return value === null ? null : nameOf(value);
}

async function withFieldNames({ names }: Context, values: unknown): Promise<Json> {
	const known = new Map((await names.known('customField')).map((field) => [field.id, field]));
	return Object.fromEntries(
		fieldEntries(values).map(([id, value]) => {
			const field = known.get(id);
			return field ? [field.name, readableValue(field, value)] : [String(id), value];
		}),
	);
}

async function describeValue(context: Context, key: string, value: unknown): Promise<unknown> {
	const kind = kinds[key];
	if (kind !== undefined) return await withNames(context, kind, value);
	switch (key) {
		case 'add_custom_fields':
		case 'custom_fields':
			return await withFieldNames(context, value);
		case 'set_permissions':
		case 'view':
		case 'change':
			return await describeChanges(context, value as Json);
		default:
			return value;
	}
}

/**
 * A change in the server's words with names in place of ids. It uses the names that making the
 * change has looked up, and sends no request for others.
 */
export async function describeChanges(context: Context, changes: Json): Promise<Json> {
	const entries = Object.entries(changes).map(
		async ([key, value]) => [key, await describeValue(context, key, value)] as const,
	);
	return Object.fromEntries(await Promise.all(entries));
}
