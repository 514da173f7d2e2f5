import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/httpTransport';
import type { Parameter } from '../../../toolkit/parameter';

/** A filter of Get Many together with the code that turns its value into a query. */
export type ListFilter = {
	parameter: Parameter;
	query: (value: unknown) => Query;
};

/** The server ignores an empty or unreadable value and then returns everything. */
const unreadable = ({ displayName }: Parameter): PaperlessError =>
	new PaperlessError('invalid', `The filter “${displayName}” is empty or not readable`, {
		description: 'Without it, everything would be returned. Enter a value, or remove the filter.',
		parameter: 'filters',
	});

/** A filter by text. An expression that yields nothing is an empty text. */
function textFilter(parameter: Parameter, filter: string): ListFilter {
	return {
		parameter,
		query(value) {
			const text = String(value ?? '').trim();
			if (text === '') throw unreadable(parameter);
			return { [filter]: text };
		},
	};
}

const idsParameter = {
	displayName: 'IDs',
	name: 'ids',
	type: 'string',
	default: '',
	placeholder: 'e.g. 12, 34',
} as const satisfies Parameter;

export const idFilter: ListFilter = {
	parameter: idsParameter,
	query(value) {
		const ids = String(value ?? '')
			.split(',')
			.map((id) => id.trim())
			.filter(Boolean);
		const isReadable = ids.length > 0 && ids.every((id) => /^\d+$/.test(id));
		if (!isReadable) throw unreadable(idsParameter);
		return { id__in: ids.join(',') };
	},
};

/** Filters by name, for rows that carry their name in this field. */
export const nameFilters = (field = 'name'): ListFilter[] => [
	textFilter(
		{
			displayName: 'Name',
			name: 'nameIs',
			type: 'string',
			default: '',
			description: 'Upper and lower case do not matter',
		},
		`${field}__iexact`,
	),
	textFilter(
		{ displayName: 'Name Contains', name: 'nameContains', type: 'string', default: '' },
		`${field}__icontains`,
	),
	textFilter(
		{ displayName: 'Name Ends With', name: 'nameEndsWith', type: 'string', default: '' },
		`${field}__iendswith`,
	),
	textFilter(
		{ displayName: 'Name Starts With', name: 'nameStartsWith', type: 'string', default: '' },
		`${field}__istartswith`,
	),
];

/** The query for those filters that the user has added. */
export const queryFrom = (filters: readonly ListFilter[], values: Record<string, unknown>): Query =>
	Object.fromEntries(
		filters
			.filter(({ parameter }) => parameter.name in values)
			.flatMap(({ parameter, query }) => Object.entries(query(values[parameter.name]))),
	);
