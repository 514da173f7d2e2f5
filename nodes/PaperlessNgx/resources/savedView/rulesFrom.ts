import { PaperlessError } from '../../../api/errors';
import { rulesOfQuery } from '../../../api/savedViewRules';
import type { FilterValues } from '../../../documents/filters/filtersParameter';
import { isRelative } from '../../../documents/filters/dateConditions';
import { filtersFrom } from '../../../documents/filters/filtersFrom';
import type { Context } from '../../../toolkit/operation';

/** The filters of Get Many as rules of a saved view. A filter that a view cannot hold is rejected. */
export async function rulesFrom(context: Context, filters: FilterValues) {
	if (filters.dates?.rows?.some(isRelative)) {
		throw new PaperlessError('invalid', 'A saved view cannot hold a date that follows today', {
			description: 'Enter the days themselves: “On or After” and “On or Before”.',
			parameter: 'dates',
		});
	}
	return rulesOfQuery((await filtersFrom(context, filters)).query);
}
