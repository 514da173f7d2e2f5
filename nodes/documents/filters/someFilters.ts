import { PaperlessError } from '../../api/errors';
import type { Context } from '../../toolkit/operation';
import { filtersFrom } from './filtersFrom';

/** What the filters select. Rejects a selection of every document, which nobody means. */
export async function someFilters(
	context: Context,
	filters: Parameters<typeof filtersFrom>[1],
): ReturnType<typeof filtersFrom> {
	const filtering = await filtersFrom(context, filters);
	if (Object.keys(filtering.query).length > 0) return filtering;
	throw new PaperlessError('invalid', 'No filter is set', {
		description:
			'This would change every document. Add a filter, or choose “By IDs” to list documents.',
		parameter: 'filters',
	});
}
