import { PaperlessError } from '../../api/errors';
import { optionsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
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

export const textFilters = {
	displayName: 'Text Filters',
	name: 'textFilters',
	type: 'fixedCollection',
	rejectsEmpty: true,
	typeOptions: { multipleValues: true },
	placeholder: 'Add Text Filter',
	default: {},
	description: 'Upper and lower case are treated the same',
	options: [
		{
			displayName: 'Text Filter',
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
					options: [
						{ name: 'Contains', value: 'icontains' },
						{ name: 'Ends With', value: 'iendswith' },
						{ name: 'Is', value: 'iexact' },
						{ name: 'Starts With', value: 'istartswith' },
					],
					default: 'icontains',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
} as const satisfies Parameter;

type TextFilters = ValuesOf<readonly [typeof textFilters]>['textFilters'];

export const textEntries = ({ rows = [] }: TextFilters): FilterEntry[] =>
	rows.map(({ field, condition, value }) => {
		const { label, containsFilter }: TextField = fields[field];
		const text = filledValue(value, label);
		if (containsFilter === undefined) return [`${field}__${condition}`, text];
		if (condition === 'icontains') return [containsFilter, text];
		throw new PaperlessError('invalid', `“${label}” can only be searched by “Contains”`, {
			description: 'Choose the condition “Contains”, or another field.',
			parameter: 'textFilters',
		});
	});
