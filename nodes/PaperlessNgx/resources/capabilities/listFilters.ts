import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/httpTransport';
import type { Context } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';

/** A filter of Get Many together with what its value means. */
export type ListFilter<Row = unknown> = {
	parameter: Parameter;
	query?: (value: unknown, context: Context) => Query | Promise<Query>;
	/** Which rows stay, where the server has no such filter. */
	keeps?: (value: unknown, context: Context) => (row: Row) => boolean;
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

/** Filters by name, for rows that carry their name in this field; a user could type the example. */
export const nameFilters = (example: string, field = 'name'): ListFilter[] => {
	const [first = example] = example.split(' ');
	const last = example.split(' ').at(-1) ?? example;
	return [
		textFilter(
			{
				displayName: 'Name',
				name: 'nameIs',
				type: 'string',
				default: '',
				placeholder: `e.g. ${example}`,
				description: 'Upper and lower case do not matter',
			},
			`${field}__iexact`,
		),
		textFilter(
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				default: '',
				placeholder: `e.g. ${first}`,
			},
			`${field}__icontains`,
		),
		textFilter(
			{
				displayName: 'Name Ends With',
				name: 'nameEndsWith',
				type: 'string',
				default: '',
				placeholder: `e.g. ${last}`,
			},
			`${field}__iendswith`,
		),
		textFilter(
			{
				displayName: 'Name Starts With',
				name: 'nameStartsWith',
				type: 'string',
				default: '',
				placeholder: `e.g. ${first}`,
			},
			`${field}__istartswith`,
		),
	];
};

type Values = Readonly<Record<string, unknown>>;

/** The query for those filters that the user has added. */
export async function queryFrom(
	context: Context,
	filters: readonly ListFilter<never>[],
	values: Values,
): Promise<Query> {
	const added = filters.filter(({ parameter }) => parameter.name in values);
	const parts = await Promise.all(
		added.map(({ parameter, query }) => query?.(values[parameter.name], context) ?? {}),
	);
	return Object.assign({}, ...parts) as Query;
}

/** The tests of those filters that the user has added and the server does not have. */
export const keepersFrom = <Row>(
	context: Context,
	filters: ReadonlyArray<ListFilter<Row>>,
	values: Values,
): Array<(row: Row) => boolean> =>
	filters.flatMap(({ parameter, keeps }) =>
		keeps && parameter.name in values ? [keeps(values[parameter.name], context)] : [],
	);
