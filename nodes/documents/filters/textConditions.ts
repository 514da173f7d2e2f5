import { PaperlessError } from '../../api/errors';
import { optionsOf, rowsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import { rowTitle } from '../../toolkit/rowTitle';
import type { FilterEntry } from './filterEntry';
import { filledValue } from './filterEntry';

type TextField = {
	label: string;
	/** The server's filter, where the field can only be searched by “Contains” */
	containsFilter?: string;
};

const fields = {
	checksum: { label: 'Checksum' },
	content: { label: 'Content' },
	correspondent__name: { label: 'Correspondent' },
	custom_fields: {
		label: 'Custom Field Name or Value',
		containsFilter: 'custom_fields__icontains',
	},
	document_type__name: { label: 'Document Type' },
	original_filename: { label: 'Original File Name' },
	storage_path__name: { label: 'Storage Path' },
	tags__name: { label: 'Tag' },
	title: { label: 'Title' },
	title_content: { label: 'Title or Content', containsFilter: 'title_content' },
	search: { label: 'Title, Content or Correspondent (All Words)', containsFilter: 'search' },
} as const satisfies Record<string, TextField>;

const containsOnly = rowsOf<keyof typeof fields, TextField>(fields)
	.filter(([, { containsFilter }]) => containsFilter !== undefined)
	.map(([name]) => name);

export const textConditions = {
	displayName: 'Texts',
	name: 'texts',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		fixedCollection: { itemTitle: rowTitle('field', 'condition', 'text') },
	},
	placeholder: 'Add Text',
	default: { rows: [{ field: 'title', condition: 'icontains', text: '' }] },
	description: 'Upper and lower case are treated the same',
	options: [
		{
			displayName: 'Text',
			name: 'rows',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: optionsOf(fields),
					default: 'title',
				},
				{
					displayName: 'Condition',
					name: 'condition',
					type: 'options',
					displayOptions: { hide: { field: containsOnly } },
					options: [
						{ name: 'Contains', value: 'icontains' },
						{ name: 'Ends With', value: 'iendswith' },
						{ name: 'Is', value: 'iexact' },
						{ name: 'Starts With', value: 'istartswith' },
					],
					default: 'icontains',
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice',
				},
			],
		},
	],
} as const satisfies Parameter;

type TextConditions = ValuesOf<readonly [typeof textConditions]>['texts'];

export const textEntries = ({ rows = [] }: TextConditions): FilterEntry[] =>
	rows.map(({ field, condition, text: given }) => {
		const { label, containsFilter }: TextField = fields[field];
		const text = filledValue(given, label);
		if (containsFilter === undefined) return [`${field}__${condition}`, text];
		if (condition === 'icontains') return [containsFilter, text];
		throw new PaperlessError('invalid', `“${label}” can only be searched by “Contains”`, {
			description: 'Choose the condition “Contains”, or another field.',
			parameter: 'texts',
		});
	});
