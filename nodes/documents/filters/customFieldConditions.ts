import { rowsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import { rowTitle } from '../../toolkit/rowTitle';
import type { CustomFieldOperator, OperatorName } from '../../api/customFieldOperators';
import { customFieldOperators } from '../../api/customFieldOperators';
import { nameOrId } from '../../toolkit/parameterBuilders';

const taking = (...kinds: ReadonlyArray<CustomFieldOperator['takes']>): OperatorName[] =>
	rowsOf(customFieldOperators)
		.filter(([, { takes }]) => kinds.includes(takes))
		.map(([name]) => name);

const ofField = { loadOptionsDependsOn: ['&field'] };

export const customFieldConditions = {
	displayName: 'Custom Field Conditions',
	name: 'customFieldConditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, fixedCollection: { itemTitle: rowTitle('match') } },
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
					typeOptions: {
						multipleValues: true,
						fixedCollection: { itemTitle: rowTitle('field', 'value', 'date') },
					},
					placeholder: 'Add Condition',
					default: {},
					options: [
						{
							displayName: 'Condition',
							name: 'rows',
							values: [
								nameOrId('Field Name or ID', 'field', 'getCustomFields'),
								{
									displayName: 'Operator Name or ID',
									name: 'operator',
									type: 'options',
									typeOptions: { loadOptionsMethod: 'getCustomFieldOperators', ...ofField },
									default: 'equals',
									description:
										'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
								},
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									displayOptions: { hide: { operator: taking('date', 'options', 'nothing') } },
									default: '',
									placeholder: 'e.g. 12.50',
									description: 'Separate several values by commas',
								},
								{
									displayName: 'Value (Date)',
									name: 'date',
									type: 'dateTime',
									displayOptions: { show: { operator: taking('date') } },
									default: '',
								},
								{
									displayName: 'Value Names or IDs',
									name: 'choices',
									type: 'multiOptions',
									typeOptions: { loadOptionsMethod: 'getSelectOptions', ...ofField },
									allowArbitraryValues: true,
									displayOptions: { show: { operator: taking('options') } },
									default: [],
									description:
										'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
								},
							],
						},
					],
				},
			],
		},
	],
} as const satisfies Parameter;

export type ConditionGroup = NonNullable<
	ValuesOf<readonly [typeof customFieldConditions]>['customFieldConditions']['groups']
>[number];
export type Condition = NonNullable<ConditionGroup['conditions']['rows']>[number];
