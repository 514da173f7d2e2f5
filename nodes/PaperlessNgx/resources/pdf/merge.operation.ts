import { asError, PaperlessError } from '../../../api/errors';
import { documentIdsParameter, idFrom, idsFrom } from '../../../documents/documentIds';
import { documentIds, documentParameter } from '../../../documents/documentParameter';
import type { Context, Outcome, Output } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Locator, Parameter, ValuesOf } from '../../../toolkit/parameter';
import { waitParameters } from './awaitDocuments';
import { loadPdfs } from './loadPdfs';
import { makeDocuments } from './makeDocuments';

const parameters = [
	{
		displayName: 'Documents',
		name: 'target',
		type: 'options',
		options: [
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
	...waitParameters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
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
				description: 'Whether to move the merged documents to the trash',
			},
			{
				displayName: 'Metadata From Document ID',
				name: 'metadataFrom',
				type: 'string',
				default: '',
				placeholder: 'e.g. 12',
				description: 'Merged document that provides the title, tags and fields of the new document',
			},
		],
	},
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof parameters>;

/** The server cuts the ids in the name at 100 characters. */
const mergedFileName = (ids: readonly number[]) => `${ids.join('_').slice(0, 100)}_merged.pdf`;

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

async function mergeDocuments(
	context: Context,
	ids: readonly number[],
	{ target, options, ...waiting }: Values,
): Promise<Output[]> {
	const { archiveFallback = false, deleteOriginals = false, metadataFrom = '' } = options;
	const metadata = metadataFrom === '' ? undefined : metadataId(metadataFrom, ids);
	await loadPdfs(context, ids, {
		allowsArchive: archiveFallback,
		parameter: target === 'ids' ? 'documentIds' : 'document',
	});
	const edit = {
		method: 'merge',
		parameters: {
			delete_originals: deleteOriginals,
			archive_fallback: archiveFallback,
			...(metadata !== undefined && { metadata_document_id: metadata }),
		},
	} as const;
	return await makeDocuments(context, ids, edit, [mergedFileName(ids)], waiting);
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

const mergeListed = async (context: Context, values: Values): Promise<Output[]> =>
	await mergeDocuments(context, idsFrom(values.documentIds, 'Document IDs', 'documentIds'), values);

export const merge = defineOperation({
	value: 'merge',
	name: 'Merge',
	action: 'Merge documents into PDF',
	description: 'Merge several documents into one PDF, in the given order',
	access: 'write',
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
