import { PaperlessError } from '../../../api/errors';
import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { notice } from '../../../toolkit/parameterBuilders';
import { documentTarget } from '../shared/documentTarget';
import { mixedFields } from './copiedFields';
import { changeDocument } from './changeDocument';
import type { Pdf } from './loadPdfs';
import { accessUnlessDry, dryRunParameter } from '../shared/dryRun';
import { foreseenOutput } from './foreseenOutput';
import { loadPdf } from './loadPdfs';
import { makeDocuments } from './makeDocuments';
import { pageEdit } from './pageEdit';
import { waitParameters } from './waitParameters';

const rowParameters = [
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
		description: 'Number of the resulting document that receives the page',
	},
] as const satisfies readonly Parameter[];

type PageRow = ValuesOf<typeof rowParameters>;

const invalidRows = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter: 'pageRows' });

function requirePages(rows: readonly PageRow[], { pageCount }: Pdf): void {
	if (rows.length === 0) throw invalidRows('No pages are listed', 'Add a row under “Pages”.');
	for (const { page, rotate } of rows) {
		if (pageCount !== undefined && page > pageCount)
			throw invalidRows(`There is no page ${page}`, `The document has ${pageCount} pages.`);
		if (rotate % 90 !== 0)
			throw invalidRows(`Page ${page} cannot be rotated by ${rotate}°`, 'Use a multiple of 90.');
	}
}

export const editPages = defineOperation({
	value: 'editPages',
	name: 'Edit Pages',
	action: 'Edit pages of PDF',
	description:
		'Reorder, rotate, remove and divide the pages of a PDF; pages that are not listed are removed',
	access: accessUnlessDry,
	destroys: ({ result }) => result !== 'new',
	needs: 'editsPdf',
	parameters: [
		documentParameter,
		{
			displayName: 'Pages',
			name: 'pageRows',
			type: 'fixedCollection',
			typeOptions: {
				multipleValues: true,
				fixedCollection: { itemTitle: '={{ "Page " + $collection.item.value.page }}' },
				sortable: true,
			},
			placeholder: 'Add Page',
			default: {},
			options: [{ displayName: 'Page', name: 'rows', values: rowParameters }],
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
					description: 'Paperless-ngx 3.0 and later create a new version',
				},
			],
			default: 'new',
		},
		notice('replaceNotice', 'The original goes to the trash once the new documents are there.', {
			dryRun: [false],
			result: ['replace'],
		}),
		notice(
			'pagesNotice',
			'Pages that are not listed are removed. Before Paperless-ngx 3.0 they cannot be recovered.',
			{ dryRun: [false], result: ['same'] },
		),
		dryRunParameter,
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, pageRows: { rows = [] }, result, dryRun, ...waiting }) {
		const pdf = await loadPdf(context, document);
		requirePages(rows, pdf);
		const numbers = [...new Set(rows.map(({ doc }) => doc))].sort((a, b) => a - b);
		if (result === 'same' && numbers.length > 1) {
			throw invalidRows(
				'One document cannot hold several results',
				'Use one “Result Document” in all rows, or choose “New Documents” under “Result”.',
			);
		}
		const pagesOfResult = (number: number) => rows.filter(({ doc }) => doc === number).length;
		const mixed =
			result === 'same' ? undefined : await mixedFields(context, pdf, waiting.waitForResult);
		if (dryRun) {
			const results = numbers.map((number) => ({ pages: pagesOfResult(number) }));
			return await foreseenOutput(context, [pdf], { deletes: result === 'replace' }, { results });
		}
		// The results are counted without gaps, because a gap would create a document without pages.
		const operations = rows.map((row) => ({ ...row, doc: numbers.indexOf(row.doc) }));
		if (result === 'same') {
			const change = { sent: pageEdit(pdf, operations, { keepsId: true }), pages: rows.length };
			return await changeDocument(context, pdf, change, waiting);
		}
		const making = {
			sources: [pdf],
			mixed,
			edit: (deletes: boolean) => pageEdit(pdf, operations, { deletes }),
			results: numbers.map((number, index) => ({
				fileName: `${pdf.id}_edit_${index + 1}.pdf`,
				pages: pagesOfResult(number),
			})),
			deletesSources: result === 'replace',
			...(numbers.length === 1 && { numberFrom: pdf }),
		};
		return await makeDocuments(context, making, waiting);
	},
});
