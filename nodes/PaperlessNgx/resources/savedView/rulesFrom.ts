import { rulesOfQuery } from '../../../api/savedViewRules';
import type { FilterValues } from '../../../documents/filterParameters';
import { filtersFrom } from '../../../documents/filters';
import type { Context } from '../../../toolkit/operation';

/** The filters of Get Many as rules of a saved view. A filter that a view cannot hold is rejected. */
export const rulesFrom = async (context: Context, values: FilterValues) =>
	rulesOfQuery((await filtersFrom(context, values)).query);
