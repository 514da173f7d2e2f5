const texts = ['longtext', 'monetary', 'string', 'url'];
const numbers = ['float', 'integer', 'monetary'];
const dates = ['date'];
const everyType = [
	'boolean',
	'documentlink',
	'select',
	...dates,
	...new Set([...texts, ...numbers]),
];

export type CustomFieldOperator = {
	label: string;
	/** The server's name for the comparison */
	op: string;
	/** Types of custom fields that it is offered for */
	types: readonly string[];
} & (
	| { /** What the value of the condition holds */ takes: 'one' | 'list' | 'pair' | 'text' }
	| { takes: 'date' | 'options' }
	| { takes: 'nothing'; /** Sent in place of a value */ value: boolean }
);

/**
 * How a custom field can be compared, as on the server (docs/paperless-api.md#condition-operators),
 * with the words that people use for its type.
 */
export const customFieldOperators = {
	after: { label: 'After', op: 'gt', types: dates, takes: 'date' },
	before: { label: 'Before', op: 'lt', types: dates, takes: 'date' },
	contains: { label: 'Contains', op: 'icontains', types: texts, takes: 'text' },
	endsWith: { label: 'Ends With', op: 'iendswith', types: texts, takes: 'text' },
	equals: {
		label: 'Equals',
		op: 'exact',
		types: ['documentlink', ...new Set([...texts, ...numbers])],
		takes: 'one',
	},
	greaterThan: { label: 'Greater Than', op: 'gt', types: numbers, takes: 'one' },
	greaterThanOrEqual: {
		label: 'Greater Than or Equal',
		op: 'gte',
		types: numbers,
		takes: 'one',
	},
	isAnyOf: { label: 'Is Any Of', op: 'in', types: ['select'], takes: 'options' },
	isBetween: { label: 'Is Between', op: 'range', types: [...dates, ...numbers], takes: 'pair' },
	isEmpty: { label: 'Is Empty', op: 'isnull', types: everyType, takes: 'nothing', value: true },
	isNo: { label: 'Is No', op: 'exact', types: ['boolean'], takes: 'nothing', value: false },
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
		types: [...new Set([...texts, ...numbers])],
		takes: 'list',
	},
	isSet: { label: 'Is Set', op: 'exists', types: everyType, takes: 'nothing', value: true },
	isYes: { label: 'Is Yes', op: 'exact', types: ['boolean'], takes: 'nothing', value: true },
	lessThan: { label: 'Less Than', op: 'lt', types: numbers, takes: 'one' },
	lessThanOrEqual: { label: 'Less Than or Equal', op: 'lte', types: numbers, takes: 'one' },
	linksTo: { label: 'Links To', op: 'contains', types: ['documentlink'], takes: 'one' },
	on: { label: 'On', op: 'exact', types: dates, takes: 'date' },
	onOrAfter: { label: 'On or After', op: 'gte', types: dates, takes: 'date' },
	onOrBefore: { label: 'On or Before', op: 'lte', types: dates, takes: 'date' },
	startsWith: { label: 'Starts With', op: 'istartswith', types: texts, takes: 'text' },
} as const satisfies Record<string, CustomFieldOperator>;

export type OperatorName = keyof typeof customFieldOperators;

/** Whether values are compared by their order and not by what they are. */
export const comparesOrder = ({ op }: CustomFieldOperator): boolean =>
	['gt', 'gte', 'lt', 'lte', 'range'].includes(op);
