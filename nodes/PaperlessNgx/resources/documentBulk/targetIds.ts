import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { filtersParameter } from '../../../documents/filters/filtersParameter';
import { someFilters } from '../../../documents/filters/someFilters';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { hintAtEverything } from '../../../documents/hintAtDocuments';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { notice } from '../../../toolkit/parameterBuilders';
import { dryRunParameter } from '../shared/dryRun';

/** The documents of an operation: one per input item, a list of ids, or all that match filters. */
const targetParameters = [
	{
		displayName: 'Documents',
		name: 'target',
		type: 'options',
		options: [
			{
				name: 'By Filter',
				value: 'filter',
				description: 'All documents that match the filters, regardless of the input items',
			},
			{ name: 'By IDs', value: 'ids', description: 'A list of IDs on each input item' },
			{
				name: 'From Input Items',
				value: 'item',
				description: 'One document per item; items with the same change share a request',
			},
		],
		default: 'item',
	},
	{ ...documentParameter, displayOptions: { show: { target: ['item'] } } },
	{ ...documentIdsParameter, displayOptions: { show: { target: ['ids'] } } },
	{ ...filtersParameter, displayOptions: { show: { target: ['filter'] } } },
] as const satisfies readonly Parameter[];

export type TargetValues = ValuesOf<typeof targetParameters> & { dryRun: boolean };

const filterNotice = notice(
	'filterNotice',
	'This applies to every document that matches the filters. A dry run shows which.',
	{ dryRun: [false], target: ['filter'] },
);

/** Asks for the documents, for what to do with them, whether to do it, and at last for options. */
export function bulkParameters(own: readonly Parameter[]): readonly Parameter[] {
	const isOption = ({ name }: Parameter) => name === 'options';
	return [
		...targetParameters,
		...own.filter((parameter) => !isOption(parameter)),
		filterNotice,
		dryRunParameter,
		...own.filter(isOption),
	];
}

/**
 * The ids of an item's documents. Filters are resolved to ids here and never sent with a change:
 * the server ignores the parts of a filter that it does not understand and then changes every
 * document (docs/paperless-api.md#bulk-filters).
 */
export async function targetIds(context: Context, values: TargetValues): Promise<number[]> {
	const { target, document, documentIds, filters } = values;
	if (target === 'item') return [await documentId(context.api, document)];
	if (target === 'ids') return idsFrom(documentIds, 'Document IDs', 'documentIds');
	const { query } = await someFilters(context, filters);
	const found = await context.api.documents.list({ ...query, fields: 'id', ordering: 'id' });
	await hintAtEverything(context, query, found.length);
	return found.map(({ id }) => id);
}
