import { optionsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import { customFieldOperators } from './customFieldOperators';

export const customFieldFilters = {
	displayName: 'Custom Field Filters',
	name: 'customFieldFilters',
	type: 'fixedCollection',
	rejectsEmpty: true,
	typeOptions: { multipleValues: true },
	placeholder: 'Add Group',
	default: {},
	description: 'Conditions on custom fields, in groups; documents must meet every group',
	options: [
		{
			displayName: 'Group',
			name: 'groups',
			values: [
				{
					displayName: 'Match',
					name: 'match',
					type: 'options',
					options: [
						{ name: 'All Conditions', value: 'all' },
						{ name: 'Any Condition', value: 'any' },
						{ name: 'No Condition', value: 'none' },
					],
					default: 'all',
				},
				{
					displayName: 'Conditions',
					name: 'conditions',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Condition',
					default: {},
					options: [
						{
							displayName: 'Condition',
							name: 'rows',
							values: [
								{
									displayName: 'Field Name or ID',
									name: 'field',
									type: 'options',
									typeOptions: { loadOptionsMethod: 'getCustomFields' },
									default: '',
									description:
										'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
								},
								{
									displayName: 'Operator',
									name: 'operator',
									type: 'options',
									options: optionsOf(customFieldOperators),
									default: 'equals',
								},
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									default: '',
									description: 'Separate several values by commas',
								},
							],
						},
					],
				},
			],
		},
	],
} as const satisfies Parameter;

type CustomFieldFilters = ValuesOf<readonly [typeof customFieldFilters]>['customFieldFilters'];

export type ConditionGroup = NonNullable<CustomFieldFilters['groups']>[number];
export type Condition = NonNullable<ConditionGroup['conditions']['rows']>[number];
