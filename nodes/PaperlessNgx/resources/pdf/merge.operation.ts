import { asError, PaperlessError } from '../../../api/errors';
import { documentIdsParameter, idFrom, idsFrom } from '../../../documents/documentIds';
import { documentIds, documentParameter } from '../../../documents/documentParameter';
import { filtersParameter } from '../../../documents/filters/filtersParameter';
import { someFilters } from '../../../documents/filters/someFilters';
import { ordering, sortParameter } from '../../../documents/ordering';
import type { Context, Outcome, Output } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Locator, Parameter, ValuesOf } from '../../../toolkit/parameter';
import { notice, optionsParameter } from '../../../toolkit/parameterBuilders';
import { accessUnlessDry, dryRunParameter } from '../shared/dryRun';
import { foreseenOutput } from './foreseenOutput';
import { mixedFields } from './copiedFields';
import type { Pdf } from './loadPdfs';
import { loadPdfs } from './loadPdfs';
import { makeDocuments } from './makeDocuments';
import { isMergeOfSome, leftOutOf, mergedFileName, namesAllDocuments } from './mergedFile';
import { waitParameters } from './waitParameters';

const parameters = [
	{
		displayName: 'Documents',
		name: 'target',
		type: 'options',
		options: [
			{
				name: 'By Filter',
				value: 'filter',
				description: 'All documents that match the filters, in the order under “Sort”',
			},
			{ name: 'By IDs', value: 'ids', description: 'A list of IDs on each input item' },
			{
				name: 'From Input Items',
				value: 'items',
				description: 'Merge the documents of all input items into one',
			},
		],
		default: 'items',
	},
	{ ...documentParameter, displayOptions: { show: { target: ['items'] } } },
	{ ...documentIdsParameter, displayOptions: { show: { target: ['ids'] } } },
	{ ...filtersParameter, displayOptions: { show: { target: ['filter'] } } },
	{ ...sortParameter, displayOptions: { show: { target: ['filter'] } } },
	dryRunParameter,
	...waitParameters,
	optionsParameter([
		{
			displayName: 'Archive Fallback',
			name: 'archiveFallback',
			type: 'boolean',
			default: false,
			description: 'Whether to use the archived PDF of documents whose original is not a PDF',
		},
		{
			displayName: 'Delete Originals',
			name: 'deleteOriginals',
			type: 'boolean',
			default: false,
			description:
				'Whether to move the merged documents to the trash when the new document has all of their pages',
		},
		{
			displayName: 'Metadata From Document ID',
			name: 'metadataFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12',
			description: 'Merged document that provides the title, tags and fields of the new document',
		},
	]),
	notice(
		'originalsNotice',
		'The merged documents go to the trash once the new document is there.',
		{
			dryRun: [false],
			'/options.deleteOriginals': [true],
		},
	),
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof parameters>;

/** The server merges what it can open and leaves out the rest (docs/paperless-api.md#unreadable-pdfs). */
const leftOut = (ids: readonly number[], parameter: string) =>
	new PaperlessError(
		'unavailable',
		`Paperless-ngx left ${ids.length === 1 ? 'document' : 'documents'} ${ids.join(', ')} out of the merge`,
		{
			description:
				'It cannot open the file: a password may protect it, or it is damaged. Its log contains the reason.',
			parameter,
		},
	);

const uncounted = (parameter: string) =>
	new PaperlessError('invalid', 'The pages of the documents are not known', {
		description:
			'With so many documents their number shows whether all of them were merged. Merge fewer at a time, or without “Delete Originals”.',
		parameter,
	});

/** The document whose serial number goes to the result, as the server chooses it. */
const numberHolder = (sources: readonly Pdf[], metadata: number | undefined): Pdf | undefined => {
	const holders = sources.filter(({ serialNumber }) => serialNumber !== null);
	return holders.find(({ id }) => id === metadata) ?? holders[0];
};

function metadataId(text: string, ids: readonly number[]): number {
	const id = idFrom(text, 'Metadata From Document ID', 'metadataFrom');
	if (ids.includes(id)) return id;
	throw new PaperlessError('invalid', `Document ${id} is not one of the merged documents`, {
		description: 'Metadata can only come from one of the merged documents.',
		parameter: 'metadataFrom',
	});
}

async function idsOfItems({ api }: Context, locators: readonly Locator[]): Promise<number[]> {
	const ids = (await documentIds(api, locators)).map((id) => {
		if (id instanceof Error) throw id;
		return id;
	});
	return [...new Set(ids)];
}

const parameterOf = { filter: 'filters', ids: 'documentIds', items: 'document' } as const;

async function mergeDocuments(
	context: Context,
	ids: readonly number[],
	{ target, options, dryRun, ...waiting }: Values,
): Promise<Output[]> {
	const { archiveFallback = false, deleteOriginals = false, metadataFrom = '' } = options;
	const metadata = metadataFrom === '' ? undefined : metadataId(metadataFrom, ids);
	const parameter = parameterOf[target];
	const mustCount = deleteOriginals && !namesAllDocuments(ids);
	const sources = await loadPdfs(context, ids, {
		allowsArchive: archiveFallback,
		countsArchives: mustCount,
		parameter,
	});
	const counts = sources.flatMap(({ pageCount }) => pageCount ?? []);
	const pages = counts.length < ids.length ? undefined : counts.reduce((sum, one) => sum + one, 0);
	if (mustCount && pages === undefined) throw uncounted(parameter);
	const like = sources.find(({ id }) => id === metadata);
	const mixed = await mixedFields(context, like, waiting.waitForResult);
	if (dryRun) return await foreseenOutput(context, sources, { pages, deletes: deleteOriginals });
	const making = {
		sources,
		parameter,
		edit: (deletes: boolean) => ({
			ids,
			edit: {
				method: 'merge' as const,
				parameters: {
					delete_originals: deletes,
					archive_fallback: archiveFallback,
					...(metadata !== undefined && { metadata_document_id: metadata }),
				},
			},
		}),
		results: [{ fileName: mergedFileName(ids), pages }],
		mixed,
		deletesSources: deleteOriginals,
		numberFrom: numberHolder(sources, metadata),
		variant: {
			isVariant: (fileName: string) => isMergeOfSome(fileName, ids),
			explain: (fileName: string) => leftOut(leftOutOf(fileName, ids), parameter),
		},
	};
	return await makeDocuments(context, making, waiting);
}

async function mergeItems(context: Context, values: readonly Values[]): Promise<Output[]> {
	const [first] = values;
	if (first === undefined) return [];
	const ids = await idsOfItems(
		context,
		values.map(({ document }) => document),
	);
	return await mergeDocuments(context, ids, first);
}

async function idsByFilter(context: Context, values: Values): Promise<number[]> {
	const { query, ordering: view } = await someFilters(context, values.filters);
	const order = await ordering(context, values.sort, { query, view });
	const found = await context.api.documents.list({ ...query, ...order, fields: 'id' });
	if (found.length > 0) return found.map(({ id }) => id);
	throw new PaperlessError('unresolved', 'No document matches the filters', {
		description: 'Check the filters, or choose “By IDs” to list the documents.',
		parameter: 'filters',
	});
}

const mergeListed = async (context: Context, values: Values): Promise<Output[]> =>
	await mergeDocuments(
		context,
		values.target === 'filter'
			? await idsByFilter(context, values)
			: idsFrom(values.documentIds, 'Document IDs', 'documentIds'),
		values,
	);

export const merge = defineOperation({
	value: 'merge',
	name: 'Merge',
	action: 'Merge documents into PDF',
	description: 'Merge several documents into one PDF, in the given order',
	access: accessUnlessDry,
	destroys: ({ options }) => options.deleteOriginals === true,
	parameters,
	async executeAll(context, calls) {
		const outcomes: Outcome[] = calls.map(() => []);
		const [first] = calls;
		if (first?.values.target === 'items') {
			const values = calls.map((call) => call.values);
			outcomes[0] = await mergeItems(context, values).catch(asError);
			return outcomes;
		}
		for (const [index, { values }] of calls.entries()) {
			outcomes[index] = await mergeListed(context, values).catch(asError);
		}
		return outcomes;
	},
});
