import { oneOf } from '../../toolkit/parameterBuilders';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import { customFieldConditions } from './customFieldConditions';
import { dateConditions } from './dateConditions';
import { flagFilters } from './flagFilters';
import { periodFilters } from './periodFilters';
import { relationFilters } from './relationFilters';
import { serialNumberConditions } from './serialNumberConditions';
import { textConditions } from './textConditions';

export const filtersParameter = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	rejectsEmpty: true,
	placeholder: 'Add Filter',
	default: {},
	description: 'Documents must meet all filters',
	options: [
		...relationFilters,
		...flagFilters,
		customFieldConditions,
		dateConditions,
		...periodFilters,
		serialNumberConditions,
		textConditions,
		{
			displayName: 'Custom Field Query (JSON)',
			name: 'customFieldQuery',
			type: 'json',
			default: '',
			placeholder: 'e.g. ["AND", [["Due", "lt", "2024-06-01"], ["Paid", "exact", false]]]',
			description: 'Query in the language of Paperless-ngx, in addition to Custom Field Conditions',
		},
		{
			displayName: 'IDs',
			name: 'ids',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12, 34',
			typeOptions: { isList: true },
			description: 'Document IDs, separated by commas or as an array',
		},
		{
			displayName: 'MIME Type',
			name: 'mimeType',
			type: 'string',
			default: '',
			placeholder: 'e.g. application/pdf',
			description: 'Part of the type of the original file',
		},
		{
			...oneOf('Saved View', 'savedView', 'searchSavedViews', 'Open Invoices'),
			description: 'Filters of a saved view, and its sorting unless a sort field is set here',
		},
		{
			...oneOf('Shared By', 'sharedBy', 'searchUsers', 'clara'),
			description: 'Documents that belong to this user and are shared with others',
		},
	],
} as const satisfies Parameter;

export type FilterValues = ValuesOf<readonly [typeof filtersParameter]>['filters'];
