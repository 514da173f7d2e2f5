import { optionsOf, rowsOf } from '../../toolkit/optionsOf';
import type { ValuesOf } from '../../toolkit/parameter';
import type { FilterEntry } from './filterEntry';
import type { Today } from '../../toolkit/periods';
import { daysOf, periods } from '../../toolkit/periods';

const fields = {
	addedIn: { label: 'Added In', field: 'added' },
	createdIn: { label: 'Created In', field: 'created' },
	modifiedIn: { label: 'Modified In', field: 'modified' },
};

/** Filters by periods around today: what every run means anew. */
export const periodFilters = rowsOf(fields).map(
	([name, { label }]) =>
		({
			displayName: label,
			name,
			type: 'options',
			options: optionsOf(periods),
			default: 'previousMonth',
			description: 'In the time zone of the workflow; a week begins on Monday',
		}) as const,
);

/** The filters for all times from one day to another. */
export const between = (field: string, [first, last]: readonly [string, string]): FilterEntry[] => [
	[`${field}__date__gte`, first],
	[`${field}__date__lte`, last],
];

type PeriodValues = Partial<ValuesOf<typeof periodFilters>>;

/** The periods that are set, in the server’s filters. */
export const periodEntries = (filters: PeriodValues, today: Today): FilterEntry[] =>
	rowsOf(fields).flatMap(([name, { field }]) => {
		const period = filters[name];
		return period === undefined ? [] : between(field, daysOf(period, today));
	});

/** Whether a filter means other days tomorrow. */
export const followsToday = (
	filters: PeriodValues & { dates?: { rows?: ReadonlyArray<{ condition: string }> } },
): boolean =>
	rowsOf(fields).some(([name]) => filters[name] !== undefined) ||
	(filters.dates?.rows ?? []).some(({ condition }) => condition === 'lastDays');
