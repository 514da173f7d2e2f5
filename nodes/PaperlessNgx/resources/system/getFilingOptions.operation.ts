import { isPaperlessError } from '../../../api/errors';
import type { Kind, ObjectOf } from '../../../api/kinds';
import type { CustomField, Tag } from '../../../api/schemas/named';
import { pathOf } from '../../../api/tagPaths';
import type { Context, Json } from '../../../toolkit/operation';
import { reading } from './reading';

/** The refusal where the token’s user may not list this kind. */
const visible = async <K extends Kind>(
	{ names }: Context,
	kind: K,
): Promise<Array<ObjectOf<K>> | Error> =>
	await names.all(kind).catch((thrown: unknown) => {
		if (isPaperlessError(thrown, 'forbidden')) return thrown;
		throw thrown;
	});

const rowsOf = <T>(list: T[] | Error): T[] => (list instanceof Error ? [] : list);

const mapped = <T>(list: T[] | Error, describe: (row: T) => Json): Json[] | Error =>
	list instanceof Error ? list : list.map(describe);

const byName = (a: Json, b: Json): number => String(a.name).localeCompare(String(b.name));

const described = ({ id, name, data_type: type, extra_data: extra }: CustomField): Json => ({
	id,
	name,
	type,
	...(type === 'select' && {
		options: (extra?.select_options ?? []).flatMap((option) => (option ? [option.label] : [])),
	}),
	...(type === 'monetary' && extra?.default_currency && { currency: extra.default_currency }),
});

function tagRow(tag: Tag, tags: ReadonlyMap<number, Tag>): Json {
	return {
		id: tag.id,
		name: pathOf(tags, tag),
		...(tag.is_inbox_tag === true && { inbox: true }),
	};
}

export const getFilingOptions = reading(
	{
		value: 'getFilingOptions',
		name: 'Get Filing Options',
		action: 'Get filing options',
		description:
			'Retrieve all tags with their paths, correspondents, document types, storage paths and custom fields with their options in one item, e.g. for an agent that files documents',
	},
	async (context) => {
		const [tags, correspondents, types, paths, fields] = await Promise.all([
			visible(context, 'tag'),
			visible(context, 'correspondent'),
			visible(context, 'documentType'),
			visible(context, 'storagePath'),
			visible(context, 'customField'),
		]);
		const tagsById = new Map(rowsOf(tags).map((tag) => [tag.id, tag]));
		const lists = {
			tags: mapped(tags, (tag) => tagRow(tag, tagsById)),
			correspondents: mapped(correspondents, ({ id, name }) => ({ id, name })),
			document_types: mapped(types, ({ id, name }) => ({ id, name })),
			storage_paths: mapped(paths, ({ id, name, path }) => ({ id, name, path })),
			custom_fields: mapped(fields, described),
		};
		const shown: Json = {};
		const hidden: string[] = [];
		for (const [list, rows] of Object.entries(lists)) {
			if (rows instanceof Error) hidden.push(list);
			else shown[list] = rows.toSorted(byName);
		}
		if (Object.keys(shown).length === 0 && tags instanceof Error) throw tags;
		return { ...shown, ...(hidden.length > 0 && { hidden }) };
	},
);
