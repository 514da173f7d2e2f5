import type { ListOptions } from '../../../api/readAll';
import { defineOperation } from '../../../toolkit/operation';
import type { ValuesOf } from '../../../toolkit/parameter';
import { returnAllOrLimit } from '../shared/returnAllOrLimit';
import { upToLimit } from '../shared/upToLimit';
import { keepersFrom, queryFrom } from './listFilters';
import { listSorted } from './listSorted';
import type { PermissionOption } from './permissionOption';
import { permissionOption, permissionsOf } from './permissionOption';
import type { Listed } from './readable';
import { outputsOf } from './readable';
import { isSimplified, simplifyParameter } from './simplify';

const rowsPerPage = 1000;

type Values = ValuesOf<typeof returnAllOrLimit> &
	PermissionOption & {
		/** Without filters in the panel there are no values for them. */
		filters?: Record<string, unknown>;
		sortBy?: string;
		simple: boolean;
	};

const sortBy = { displayName: 'Sort By', name: 'sortBy', type: 'options', default: '' } as const;

export const getMany = <Row extends { id: number }>(list: Listed<Row>) => {
	const { plural, needs, filters = [], sortings = [] } = list;
	const defaultSorting = sortings[0]?.value;
	const filtersParameter = {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		rejectsEmpty: true,
		placeholder: 'Add Filter',
		default: {},
		options: filters.map(({ parameter }) => parameter),
	} as const;
	const sortByParameter = { ...sortBy, options: sortings, default: defaultSorting ?? '' };
	return defineOperation({
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${plural}`,
		description: `Retrieve a list of ${plural}`,
		access: 'read',
		...(needs && { needs }),
		parameters: [
			...returnAllOrLimit,
			...(filters.length > 0 ? [filtersParameter] : []),
			...(sortings.length > 1 ? [sortByParameter] : []),
			simplifyParameter,
			...permissionOption(list),
		],
		async execute(context, values: Values) {
			const ordering = values.sortBy ?? defaultSorting;
			const given = values.filters ?? {};
			const permissions = permissionsOf(context, values);
			const query = { ...(await queryFrom(context, filters, given)), ...permissions.query };
			const keepers = keepersFrom(context, filters, given);
			const collection = list.collection(context.api);
			const kept = await upToLimit(context, values, plural, async (options) => {
				const read = (more: Partial<ListOptions>) =>
					listSorted(collection, query, ordering, { pageSize: rowsPerPage, ...more });
				if (keepers.length === 0) return await read(options);
				return (await read({})).filter((row) => keepers.every((keeps) => keeps(row)));
			});
			return await outputsOf(context, list, kept, {
				isSimple: isSimplified(context, values),
				more: await permissions.describe(kept),
			});
		},
	});
};
