import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import type { Outcome } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';
import { documentId, documentParameter } from '../../../documents/locate';
import { documentIdsParameter, idFrom, idsFrom } from '../../../documents/documentIds';
import { pagesOf, rangesFrom, rangeText } from './pages';
import { changeDocuments, makeDocuments, pageCountOf, pdfsOf, waitParameters } from './work';

const pagesParameter = {
	displayName: 'Pages',
	name: 'pages',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1, 2-3, 4',
	description: 'Pages and ranges separated by commas; the first page is 1',
} as const satisfies Parameter;

const angle = {
	displayName: 'Rotate By',
	name: 'degrees',
	type: 'options',
	options: [
		{ name: '180°', value: 180 },
		{ name: '90° Clockwise', value: 90 },
		{ name: '90° Counterclockwise', value: 270 },
	],
	default: 90,
} as const satisfies Parameter;

export const merge = defineOperation({
	value: 'merge',
	name: 'Merge',
	action: 'Merge documents into PDF',
	description: 'Make one PDF of several documents, in the order given',
	access: 'write',
	parameters: [
		{
			displayName: 'Documents',
			name: 'target',
			type: 'options',
			options: [
				{ name: 'By IDs', value: 'ids', description: 'A list of IDs on each input item' },
				{
					name: 'From Input Items',
					value: 'items',
					description: 'The documents of all input items become one',
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
					description: 'Whether to use the archived PDF of documents whose original is no PDF',
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
					description: 'One of the merged documents, whose title, tags and fields the new one gets',
				},
			],
		},
	],
	async executeAll(context, calls) {
		type Values = (typeof calls)[number]['values'];
		const run = async (ids: number[], { target, options, waitForResult, timeout }: Values) => {
			const { archiveFallback = false, deleteOriginals = false, metadataFrom } = options;
			const metadata = metadataFrom
				? idFrom(metadataFrom, 'Metadata From Document ID', 'metadataFrom')
				: undefined;
			if (metadata !== undefined && !ids.includes(metadata)) {
				throw new PaperlessError(
					'invalid',
					`Document ${metadata} is not among those that are merged`,
					{
						description: 'Metadata can only come from one of them.',
						parameter: 'metadataFrom',
					},
				);
			}
			await pdfsOf(context, ids, archiveFallback, target === 'ids' ? 'documentIds' : 'document');
			const parameters = {
				delete_originals: deleteOriginals,
				archive_fallback: archiveFallback,
				...(metadata !== undefined && { metadata_document_id: metadata }),
			};
			// The server cuts the ids in the name at 100 characters.
			const names = [`${ids.join('_').slice(0, 100)}_merged.pdf`];
			return await makeDocuments(context, ids, { method: 'merge', parameters }, names, {
				waitForResult,
				timeout,
			});
		};
		const outcomes: Outcome[] = calls.map(() => []);
		const [first] = calls;
		const settle = async (at: number, work: () => Promise<Outcome>) => {
			outcomes[at] = await work().catch((error: Error) => error);
		};
		if (first?.values.target === 'items') {
			await settle(0, async () => {
				const ids: number[] = [];
				for (const { values } of calls) ids.push(await documentId(context.api, values.document));
				return await run([...new Set(ids)], first.values);
			});
			return outcomes;
		}
		for (const [at, { values }] of calls.entries()) {
			await settle(
				at,
				async () => await run(idsFrom(values.documentIds, 'Document IDs', 'documentIds'), values),
			);
		}
		return outcomes;
	},
});

export const split = defineOperation({
	value: 'split',
	name: 'Split',
	action: 'Split PDF',
	description: 'Make a document of each range of pages of a PDF',
	access: 'write',
	parameters: [
		documentParameter,
		pagesParameter,
		{
			displayName: 'Delete Original',
			name: 'deleteOriginal',
			type: 'boolean',
			default: false,
			description: 'Whether to move the document that was split to the trash',
		},
		...waitParameters,
	],
	async execute(context, { document, pages, deleteOriginal, ...waiting }) {
		const id = await documentId(context.api, document);
		const [pdf] = await pdfsOf(context, [id]);
		const ranges = rangesFrom(pages, pdf && pageCountOf(pdf));
		const parameters = { pages: ranges.map(rangeText).join(','), delete_originals: deleteOriginal };
		const names = ranges.map(({ from, to }) => `${id}_${from}-${to}.pdf`);
		return await makeDocuments(context, [id], { method: 'split', parameters }, names, waiting);
	},
});

export const rotate = defineOperation({
	value: 'rotate',
	name: 'Rotate',
	action: 'Rotate PDF',
	description: 'Turn all pages of a PDF; from Paperless-ngx 3.0 on this makes a new version',
	access: 'write',
	parameters: [documentParameter, angle, ...waitParameters],
	async execute(context, { document, degrees, ...waiting }) {
		const pdfs = await pdfsOf(context, [await documentId(context.api, document)]);
		return await changeDocuments(
			context,
			pdfs,
			{ method: 'rotate', parameters: { degrees } },
			waiting,
		);
	},
});

export const deletePages = defineOperation({
	value: 'deletePages',
	name: 'Delete Pages',
	action: 'Delete pages of PDF',
	description: 'Take pages out of a PDF; before Paperless-ngx 3.0 they are lost',
	access: 'write',
	parameters: [documentParameter, pagesParameter, ...waitParameters],
	async execute(context, { document, pages: text, ...waiting }) {
		const pdfs = await pdfsOf(context, [await documentId(context.api, document)]);
		const count = pdfs[0] && pageCountOf(pdfs[0]);
		const pages = rangesFrom(text, count).flatMap(pagesOf);
		if (pages.length === count) {
			throw new PaperlessError('invalid', 'This would delete every page', {
				description: 'Leave at least one page, or delete the document.',
				parameter: 'pages',
			});
		}
		return await changeDocuments(
			context,
			pdfs,
			{ method: 'delete_pages', parameters: { pages } },
			waiting,
		);
	},
});

export const editPages = defineOperation({
	value: 'editPages',
	name: 'Edit Pages',
	action: 'Edit pages of PDF',
	description:
		'Reorder, turn, drop and divide the pages of a PDF; pages that are not named are dropped',
	access: 'write',
	needs: 'editsPdf',
	parameters: [
		documentParameter,
		{
			displayName: 'Pages',
			name: 'pageRows',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Page',
			default: {},
			options: [
				{
					displayName: 'Page',
					name: 'rows',
					values: [
						{
							displayName: 'Page',
							name: 'page',
							type: 'number',
							typeOptions: { minValue: 1, numberPrecision: 0 },
							default: 1,
						},
						{
							displayName: 'Rotate By',
							name: 'rotate',
							type: 'number',
							default: 0,
							description: 'Degrees: 0, 90, 180 or 270',
						},
						{
							displayName: 'Result Document',
							name: 'doc',
							type: 'number',
							typeOptions: { minValue: 1, numberPrecision: 0 },
							default: 1,
							description: 'Number of the new document that the page goes to',
						},
					],
				},
			],
		},
		{
			displayName: 'Result',
			name: 'result',
			type: 'options',
			options: [
				{ name: 'New Documents', value: 'new' },
				{ name: 'New Documents, Original to Trash', value: 'replace' },
				{
					name: 'Same Document',
					value: 'same',
					description: 'A new version from Paperless-ngx 3.0 on',
				},
			],
			default: 'new',
		},
		...waitParameters,
	],
	async execute(context, { document, pageRows, result, ...waiting }) {
		const id = await documentId(context.api, document);
		const pdfs = await pdfsOf(context, [id]);
		const count = pdfs[0] && pageCountOf(pdfs[0]);
		const rows = pageRows.rows ?? [];
		const bad = rows.find(
			({ page, rotate: by }) => (count !== undefined && page > count) || by % 90 !== 0,
		);
		const results = [...new Set(rows.map(({ doc }) => doc))].sort((a, b) => a - b);
		if (rows.length === 0 || bad || (result === 'same' && results.length > 1)) {
			throw new PaperlessError(
				'invalid',
				bad
					? `Page ${bad.page} cannot be taken like this`
					: rows.length === 0
						? 'No page is named'
						: 'One document cannot take several results',
				{
					description: bad
						? `The document has ${count} pages; angles are multiples of 90.`
						: 'Check the rows under “Pages”.',
					parameter: 'pageRows',
				},
			);
		}
		// A number that is left out would make a document without pages.
		const operations = rows.map(({ page, rotate: by, doc }) => ({
			page,
			rotate: by,
			doc: results.indexOf(doc),
		}));
		const parameters = {
			operations,
			update_document: result === 'same',
			include_metadata: true,
			delete_original: result === 'replace',
		};
		const edit = { method: 'edit_pdf', parameters } as const;
		if (result === 'same') return await changeDocuments(context, pdfs, edit, waiting);
		const names = results.map((_, index) => `${id}_edit_${index + 1}.pdf`);
		return await makeDocuments(context, [id], edit, names, waiting);
	},
});

export const removePassword = defineOperation({
	value: 'removePassword',
	name: 'Remove Password',
	action: 'Remove password of PDF',
	description: 'Make a PDF readable without its password',
	access: 'write',
	needs: 'removesPasswords',
	parameters: [
		documentParameter,
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{
			displayName: 'Result',
			name: 'result',
			type: 'options',
			options: [
				{ name: 'New Document', value: 'new' },
				{ name: 'New Document, Original to Trash', value: 'replace' },
				{ name: 'Same Document', value: 'same', description: 'As a new version' },
			],
			default: 'same',
		},
		...waitParameters,
	],
	async execute(context, { document, password, result, ...waiting }) {
		const id = await documentId(context.api, document);
		const pdfs = await pdfsOf(context, [id]);
		const parameters = {
			password,
			update_document: result === 'same',
			include_metadata: true,
			delete_original: result === 'replace',
		};
		const edit = { method: 'remove_password', parameters } as const;
		const work =
			result === 'same'
				? changeDocuments(context, pdfs, edit, waiting)
				: makeDocuments(context, [id], edit, [`${id}_unprotected.pdf`], waiting);
		return await work.catch((error: unknown) => {
			if (!(error instanceof PaperlessError) || error.status !== 400) throw error;
			throw new PaperlessError('invalid', `This password does not open document ${id}`, {
				description: `Check it for blanks at its ends. Paperless-ngx says: ${error.message}`,
				parameter: 'password',
			});
		});
	},
});
