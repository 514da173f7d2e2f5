const everyType = [
	'boolean',
	'date',
	'documentlink',
	'float',
	'integer',
	'longtext',
	'monetary',
	'select',
	'string',
	'url',
];
const texts = ['longtext', 'monetary', 'string', 'url'];
const ordered = ['date', 'float', 'integer', 'monetary'];

export type CustomFieldOperator = {
	label: string;
	/** The server's name for the comparison */
	op: string;
	/** Types of custom fields that the server lets it compare */
	types: readonly string[];
} & (
	| { /** What the value of the condition holds */ takes: 'one' | 'list' | 'pair' | 'text' }
	| { takes: 'nothing'; /** Sent in place of a value */ value: boolean }
);

/**
 * How a custom field can be compared, as on the server (docs/paperless-api.md#condition-operators).
 */
export const customFieldOperators = {
	contains: { label: 'Contains', op: 'icontains', types: texts, takes: 'text' },
	endsWith: { label: 'Ends With', op: 'iendswith', types: texts, takes: 'text' },
	equals: { label: 'Equals', op: 'exact', types: everyType, takes: 'one' },
	greaterThan: { label: 'Greater Than', op: 'gt', types: ordered, takes: 'one' },
	greaterThanOrEqual: {
		label: 'Greater Than or Equal',
		op: 'gte',
		types: ordered,
		takes: 'one',
	},
	isBetween: { label: 'Is Between', op: 'range', types: ordered, takes: 'pair' },
	isEmpty: { label: 'Is Empty', op: 'isnull', types: everyType, takes: 'nothing', value: true },
	isNotEmpty: {
		label: 'Is Not Empty',
		op: 'isnull',
		types: everyType,
		takes: 'nothing',
		value: false,
	},
	isNotSet: { label: 'Is Not Set', op: 'exists', types: everyType, takes: 'nothing', value: false },
	isOneOf: {
		label: 'Is One Of',
		op: 'in',
		types: everyType.filter((type) => type !== 'documentlink'),
		takes: 'list',
	},
	isSet: { label: 'Is Set', op: 'exists', types: everyType, takes: 'nothing', value: true },
	lessThan: { label: 'Less Than', op: 'lt', types: ordered, takes: 'one' },
	lessThanOrEqual: { label: 'Less Than or Equal', op: 'lte', types: ordered, takes: 'one' },
	linksTo: { label: 'Links To', op: 'contains', types: ['documentlink'], takes: 'one' },
	startsWith: { label: 'Starts With', op: 'istartswith', types: texts, takes: 'text' },
} as const satisfies Record<string, CustomFieldOperator>;

/** Whether values are compared by their order and not by what they are. */
export const comparesOrder = ({ types }: CustomFieldOperator): boolean => types === ordered;
