import { PaperlessError } from '../../../api/errors';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { filterParameters } from '../../../documents/filters/filterParameters';
import { filtersFrom } from '../../../documents/filters/filtersFrom';
import { documentId, documentParameter } from '../../../documents/locate';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';

const [filters, customFieldFilters, dateFilters, numberFilters, textFilters] = filterParameters;

/** Which documents an operation is for: those of the items, a list of ids, or all that filters match. */
export const targetParameters = [
	{
		displayName: 'Documents',
		name: 'target',
		type: 'options',
		options: [
			{
				name: 'By Filter',
				value: 'filter',
				description: 'All documents that meet the filters, whatever the input items are',
			},
			{ name: 'By IDs', value: 'ids', description: 'A list of IDs on each input item' },
			{
				name: 'From Input Items',
				value: 'item',
				description: 'One document an item; items that ask for the same share a request',
			},
		],
		default: 'item',
	},
	{ ...documentParameter, displayOptions: { show: { target: ['item'] } } },
	{ ...documentIdsParameter, displayOptions: { show: { target: ['ids'] } } },
	{ ...filters, displayOptions: { show: { target: ['filter'] } } },
	{ ...customFieldFilters, displayOptions: { show: { target: ['filter'] } } },
	{ ...dateFilters, displayOptions: { show: { target: ['filter'] } } },
	{ ...numberFilters, displayOptions: { show: { target: ['filter'] } } },
	{ ...textFilters, displayOptions: { show: { target: ['filter'] } } },
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to return the documents that would be changed without changing them',
	},
] as const satisfies readonly Parameter[];

export type TargetValues = ValuesOf<typeof targetParameters>;

/**
 * The ids that an item means. They are looked up here and sent explicitly, never as a filter:
 * the server drops what it does not understand of a filter and then changes everything (trap 51).
 */
export async function targetsOf(context: Context, values: TargetValues): Promise<number[]> {
	const { target, document, documentIds } = values;
	if (target === 'item') return [await documentId(context.api, document)];
	if (target === 'ids') return idsFrom(documentIds, 'Document IDs', 'documentIds');
	const { query } = await filtersFrom(context, values);
	if (Object.keys(query).length === 0) {
		throw new PaperlessError('invalid', 'No filter is set', {
			description:
				'This would change every document. Add a filter; “IDs” takes a list of documents.',
			parameter: 'filters',
		});
	}
	const found = await context.api.documents.list({ ...query, fields: 'id', ordering: 'id' });
	return found.map(({ id }) => id);
}
