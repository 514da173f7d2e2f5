import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/httpTransport';
import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/listing';
import type { Parameter } from '../../../toolkit/parameter';
import type { Entity } from './entity';
import { byDisplayName, shown } from './entity';

const rowsAPage = 1000;

const nameFilters = [
	{ displayName: 'IDs', name: 'ids', type: 'string', default: '', placeholder: 'e.g. 12, 34' },
	{
		displayName: 'Name',
		name: 'nameIs',
		type: 'string',
		default: '',
		description: 'Upper and lower case do not matter',
	},
	{ displayName: 'Name Contains', name: 'nameContains', type: 'string', default: '' },
	{ displayName: 'Name Ends With', name: 'nameEndsWith', type: 'string', default: '' },
	{ displayName: 'Name Starts With', name: 'nameStartsWith', type: 'string', default: '' },
] as const satisfies readonly Parameter[];

const textFilters = {
	nameContains: 'name__icontains',
	nameEndsWith: 'name__iendswith',
	nameIs: 'name__iexact',
	nameStartsWith: 'name__istartswith',
} as const;

/** An empty or unreadable value would be ignored by the server, which then returns everything. */
function filterQuery(filters: Record<string, unknown>): Query {
	const query: Record<string, string> = {};
	for (const [name, filter] of Object.entries(textFilters)) {
		const value = filters[name];
		if (value === undefined) continue;
		query[filter] = String(value).trim();
	}
	if (filters.ids !== undefined) {
		const ids = String(filters.ids)
			.split(',')
			.map((id) => id.trim())
			.filter(Boolean);
		query.id__in = ids.every((id) => /^\d+$/.test(id)) ? ids.join(',') : '';
	}
	const empty = Object.entries(query).find(([, value]) => value === '');
	if (!empty) return query;
	throw new PaperlessError('invalid', `The filter “${empty[0]}” is empty or not readable`, {
		description: 'It would let everything pass. Enter a value, or remove the filter.',
		parameter: 'filters',
	});
}

export const getMany = (entity: Entity) =>
	defineOperation({
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${entity.plural}`,
		description: `Retrieve a list of ${entity.plural}`,
		access: 'read',
		parameters: [
			...returnAllOrLimit,
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add Filter',
				default: {},
				options: byDisplayName([...nameFilters, ...(entity.filters ?? [])]),
			},
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Name', value: 'name' },
					{ name: 'Number of Documents', value: 'document_count' },
					{ name: 'Number of Documents (Descending)', value: '-document_count' },
				],
				default: 'name',
			},
		],
		async execute({ api }, values) {
			const filters: Record<string, unknown> = values.filters;
			const query = {
				...filterQuery(filters),
				...entity.filterQuery?.(filters),
				ordering: values.sortBy,
			};
			const rows = await entity
				.collection(api)
				.list(query, { pageSize: rowsAPage, limit: limitOf(values) });
			return rows.map((row) => ({ json: shown(row) }));
		},
	});
