import { PaperlessError } from '../../../api/errors';
import { rulesOfQuery } from '../../../api/savedViewRules';
import type { FilterValues } from '../../../documents/filters/filtersParameter';
import { followsToday } from '../../../documents/filters/periodFilters';
import { filtersFrom } from '../../../documents/filters/filtersFrom';
import type { Context } from '../../../toolkit/operation';

/** The filters of Get Many as rules of a saved view. A filter that a view cannot hold is rejected. */
export async function rulesFrom(context: Context, filters: FilterValues) {
	if (followsToday(filters)) {
		throw new PaperlessError('invalid', 'A saved view cannot hold a date that follows today', {
			description: 'Enter the days themselves: “On or After” and “On or Before”.',
			parameter: 'filters',
		});
	}
	return rulesOfQuery((await filtersFrom(context, filters)).query);
}
