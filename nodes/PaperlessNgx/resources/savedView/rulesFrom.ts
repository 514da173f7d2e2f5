import { rulesOfQuery } from '../../../api/savedViewRules';
import type { FilterValues } from '../../../documents/filters/filtersParameter';
import { filtersFrom } from '../../../documents/filters/filtersFrom';
import type { Context } from '../../../toolkit/operation';

/** The filters of Get Many as rules of a saved view. A filter that a view cannot hold is rejected. */
export const rulesFrom = async (context: Context, filters: FilterValues) =>
	rulesOfQuery((await filtersFrom(context, filters)).query);
