import type { Kind } from '../api/kinds';
import { readableValue } from './customFields';
import type { Context, Json } from '../toolkit/operation';

/** What of a change holds ids, by the server's words. */
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

const entriesOf = (values: unknown): Array<[id: number, value: unknown]> =>
	Array.isArray(values)
		? values.map(({ field, value }: { field: number; value: unknown }) => [field, value])
		: Object.entries(values as object).map(([id, value]) => [Number(id), value]);

/** A change with names for ids, as far as they were looked up to make it; nothing is asked for. */
export async function readable(context: Context, changes: Json): Promise<Json> {
	const { names } = context;
	const shown = async (key: string, value: unknown): Promise<unknown> => {
		const kind = kinds[key];
		if (kind !== undefined) {
			const known = new Map((await names.known(kind)).map(({ id, name }) => [id, name]));
			const name = (id: unknown) => known.get(Number(id)) ?? id;
			return Array.isArray(value) ? value.map(name) : value === null ? null : name(value);
		}
		if (key === 'add_custom_fields' || key === 'custom_fields') {
			const known = new Map((await names.known('customField')).map((field) => [field.id, field]));
			return Object.fromEntries(
				entriesOf(value).map(([id, held]) => {
					const field = known.get(id);
					return field ? [field.name, readableValue(field, held)] : [String(id), held];
				}),
			);
		}
		return ['set_permissions', 'view', 'change'].includes(key)
			? await readable(context, value as Json)
			: value;
	};
	return Object.fromEntries(
		await Promise.all(
			Object.entries(changes).map(async ([key, value]) => [key, await shown(key, value)] as const),
		),
	);
}
