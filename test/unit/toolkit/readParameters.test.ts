import { DateTime } from 'luxon';
import { PaperlessError } from '../../../nodes/api/errors';
import type { Locator, MappedFields, Parameter, ValuesOf } from '../../../nodes/toolkit/parameter';
import { readParameters } from '../../../nodes/toolkit/readParameters';

type Equal<A, B> =
	(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(proven: T) => proven;

const fields = [
	{ displayName: 'Note', name: 'note', type: 'notice', default: '' },
	{ displayName: 'Title', name: 'title', type: 'string', default: 'Untitled' },
	{
		displayName: 'IDs',
		name: 'ids',
		type: 'string',
		typeOptions: { isList: true },
		default: '',
	},
	{ displayName: 'Created', name: 'created', type: 'dateTime', default: '' },
	{ displayName: 'Query', name: 'query', type: 'json', default: '' },
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
	},
	{ displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false },
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw' },
			{ name: 'Simplified', value: 'simplified' },
		],
		default: 'simplified',
	},
	{
		displayName: 'Fields',
		name: 'selected',
		type: 'multiOptions',
		options: [
			{ name: 'Title', value: 'title' },
			{ name: 'Level', value: 3 },
		],
		default: ['title'],
	},
	{
		displayName: 'Tag Names or IDs',
		name: 'tags',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: [],
	},
	{
		displayName: 'Field Name or ID',
		name: 'field',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getFields' },
		default: '',
	},
	{
		displayName: 'Document',
		name: 'document',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [{ displayName: 'By ID', name: 'id', type: 'string' }],
	},
	{ displayName: 'Custom Fields', name: 'mapped', type: 'resourceMapper', default: {} },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{ displayName: 'Depth', name: 'depth', type: 'number', default: 1 },
			{ displayName: 'Deep', name: 'deep', type: 'boolean', default: true },
		],
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		options: [
			{
				displayName: 'Filter',
				name: 'rows',
				values: [
					{ displayName: 'Value', name: 'value', type: 'string', default: 'x' },
					{ displayName: 'Level', name: 'level', type: 'number', default: 1 },
				],
			},
		],
	},
	{
		displayName: 'Single',
		name: 'single',
		type: 'fixedCollection',
		default: {},
		options: [
			{
				displayName: 'Row',
				name: 'row',
				values: [{ displayName: 'Value', name: 'value', type: 'string', default: 'x' }],
			},
		],
	},
	{ displayName: 'Colour', name: 'colour', type: 'color', default: '#000000' },
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof fields>;

/** What an operation receives when expressions yield the given values. */
const read = (given: Record<string, unknown> = {}): Values =>
	readParameters(fields, (name, fallback) => (name in given ? given[name] : fallback));

const refusal = (given: Record<string, unknown>): PaperlessError => {
	try {
		read(given);
	} catch (thrown) {
		if (thrown instanceof PaperlessError) return thrown;
	}
	return new PaperlessError('invalid', 'It was accepted');
};

describe('The types of parameters', () => {
	it('follow from the literals beside them', () => {
		holds<Equal<Values['title'], string>>(true);
		holds<Equal<Values['created'], string>>(true);
		holds<Equal<Values['limit'], number>>(true);
		holds<Equal<Values['returnAll'], boolean>>(true);
		holds<Equal<Values['output'], 'raw' | 'simplified'>>(true);
		holds<Equal<Values['selected'], Array<'title' | 3>>>(true);
		holds<Equal<Values['tags'], unknown>>(true);
		holds<Equal<Values['document'], Locator>>(true);
		holds<Equal<Values['mapped'], MappedFields>>(true);
		holds<Equal<Values['options'], Partial<{ depth: number; deep: boolean }>>>(true);
		holds<Equal<Values['filters'], { rows?: Array<{ value: string; level: number }> }>>(true);
		holds<Equal<Values['single'], { row?: { value: string } }>>(true);

		expect(Object.keys(read())).toEqual(
			fields.map(({ name }) => name).filter((name) => name !== 'note'),
		);
	});

	it('do not include what is not a parameter', () => {
		const values = read();

		// @ts-expect-error a notice has no value
		expect(values.note).toBeUndefined();
		// @ts-expect-error there is no such parameter
		expect(values.titel).toBeUndefined();
		// @ts-expect-error there is no such option
		expect(values.output === 'cooked').toBe(false);
		// @ts-expect-error a parameter needs a name
		const nameless: Parameter = { displayName: 'Title', type: 'string', default: '' };
		expect(nameless.name).toBeUndefined();
	});
});

describe('A parameter that is not set', () => {
	it('has its default', () => {
		expect(read()).toMatchObject({
			title: 'Untitled',
			limit: 50,
			output: 'simplified',
			selected: ['title'],
			document: { mode: 'list', value: '' },
		});
	});

	it('inside a collection is left out, because that means “leave it unchanged”', () => {
		expect(read().options).toEqual({});
		expect(read({ options: { deep: false } }).options).toEqual({ deep: false });
	});

	it('inside a group has its default', () => {
		expect(read({ filters: { rows: [{ value: 'a' }, {}] } }).filters).toEqual({
			rows: [
				{ value: 'a', level: 1 },
				{ value: 'x', level: 1 },
			],
		});
	});

	it('as a whole group yields no group', () => {
		expect(read({ filters: {} }).filters).toEqual({});
		expect(read({ filters: null }).filters).toEqual({});
		expect(read({ filters: { rows: [] } }).filters).toEqual({ rows: [] });
	});
});

describe('The value of an expression', () => {
	it.each([
		['turns a number as text into a number', 'limit', ' 12 ', 12],
		['turns a number for text into text', 'title', 12, '12'],
		['turns a boolean for text into text', 'title', true, 'true'],
		['turns nothing for text into empty text', 'title', null, ''],
		['turns a list for a list in text into comma-separated text', 'ids', ['a', 12], 'a, 12'],
		['turns a JavaScript date into ISO 8601', 'created', new Date(0), '1970-01-01T00:00:00.000Z'],
		[
			'turns a luxon date into ISO 8601',
			'created',
			DateTime.fromISO('2024-05-31', { zone: 'utc' }),
			'2024-05-31T00:00:00.000Z',
		],
		[
			'turns an object for JSON into text',
			'query',
			['Paid', 'exact', false],
			'["Paid","exact",false]',
		],
		['turns “true” into true', 'returnAll', 'true', true],
		['turns “false” into false', 'returnAll', 'false', false],
		['turns 1 into true', 'returnAll', 1, true],
		['turns 0 into false', 'returnAll', 0, false],
		['turns one choice into a list of one', 'selected', 'title', ['title']],
		['leaves loaded choices unchanged', 'tags', 'Invoice, 12', 'Invoice, 12'],
		['leaves a loaded choice unchanged', 'field', 12, 12],
		['turns a number for a locator into an id', 'document', 12, { mode: 'id', value: '12' }],
		['turns digits for a locator into an id', 'document', ' 12 ', { mode: 'id', value: '12' }],
		['turns text for a locator into a name', 'document', 'Fee', { mode: 'name', value: 'Fee' }],
		[
			'turns nothing for a locator into an empty locator',
			'document',
			null,
			{ mode: 'name', value: '' },
		],
		[
			'turns a number in a locator into text',
			'document',
			{ __rl: true, mode: 'id', value: 12 },
			{ mode: 'id', value: '12' },
		],
		[
			'turns a mapper into its values',
			'mapped',
			{ mappingMode: 'defineBelow', value: { 5: 'x' } },
			{ values: { 5: 'x' }, keys: 'ids', labels: {} },
		],
		[
			'keeps the names that the fields of a mapper had in the panel',
			'mapped',
			{
				mappingMode: 'defineBelow',
				value: { 5: 'x' },
				schema: [{ id: '5', displayName: 'Due', type: 'dateTime' }],
			},
			{ values: { 5: 'x' }, keys: 'ids', labels: { 5: 'Due' } },
		],
		[
			'turns a mapper without values into no values',
			'mapped',
			{ mappingMode: 'defineBelow', value: null },
			{ values: {}, keys: 'ids', labels: {} },
		],
		[
			'turns nothing for a mapper into no values',
			'mapped',
			null,
			{ values: {}, keys: 'ids', labels: {} },
		],
		[
			'takes an object by field for a mapper',
			'mapped',
			{ Amount: 12.5, 5: null },
			{ values: { Amount: 12.5, 5: null }, keys: 'names', labels: {} },
		],
		[
			'takes JSON text for a mapper',
			'mapped',
			' {"Amount": 12.5} ',
			{ values: { Amount: 12.5 }, keys: 'names', labels: {} },
		],
		[
			'takes a mapper as JSON text',
			'mapped',
			'{"mappingMode":"defineBelow","value":{"5":"x"}}',
			{ values: { 5: 'x' }, keys: 'ids', labels: {} },
		],
		['turns “True” into true', 'returnAll', ' True ', true],
		['turns “yes” into true', 'returnAll', 'yes', true],
		['turns “off” into false', 'returnAll', 'off', false],
		['takes an option by its label', 'output', ' simplified ', 'simplified'],
		['takes a number of an option as text', 'selected', ['3'], [3]],
		['takes several choices as text', 'selected', 'title, Level', ['title', 3]],
		[
			'does not turn a single group into a list',
			'single',
			{ row: { value: 7 } },
			{ row: { value: '7' } },
		],
		[
			'turns one row for many into a list',
			'filters',
			{ rows: { value: 7 } },
			{ rows: [{ value: '7', level: 1 }] },
		],
		[
			'turns a number as text in a collection into a number',
			'options',
			{ depth: '3' },
			{ depth: 3 },
		],
		['leaves other types of n8n unchanged', 'colour', '#ff0000', '#ff0000'],
	])('%s', (_, name, given, expected) => {
		expect(read({ [name]: given })[name as keyof Values]).toEqual(expected);
	});

	it.each([
		['limit', 'many', '“Limit” must be a number'],
		['limit', '', '“Limit” must be a number'],
		['limit', null, '“Limit” must be a number'],
		['limit', [1], '“Limit” must be a number'],
		['limit', Number.NaN, '“Limit” must be a number'],
		['limit', 0, '“Limit” must be at least 1'],
		['returnAll', 'perhaps', '“Return All” must be true or false'],
		['title', { a: 1 }, '“Title” must be text'],
		['title', ['a'], '“Title” must be text'],
		['ids', ['a', { a: 1 }], '“IDs” must be text'],
		['output', 'cooked', '“Output” must be one of Raw, Simplified'],
		['selected', ['title', 'colour'], '“Fields” must be one of Title, Level'],
		['options', { depth: 'deep' }, '“Depth” must be a number'],
		['filters', { rows: [{ level: 'high' }] }, '“Level” must be a number'],
		['filters', 'none', '“Filters” must be an object with its fields'],
		['filters', [{ value: 'a' }], '“Filters” must be an object with its fields'],
		['filters', 7, '“Filters” must be an object with its fields'],
		['filters', { rows: [null] }, '“Filters” must be a list of objects with their fields'],
		['filters', { rows: null }, '“Filters” must be a list of objects with their fields'],
		['filters', { rows: 'a' }, '“Filters” must be a list of objects with their fields'],
		['options', [1], '“Options” must be an object with its fields'],
		['options', 'deep', '“Options” must be an object with its fields'],
		['options', true, '“Options” must be an object with its fields'],
		['selected', [null], '“Fields” must be one of Title, Level'],
		['limit', '0x10', '“Limit” must be a number'],
		['ids', [5, null, 7], '“IDs” must be a list without empty entries'],
		['document', [5], '“Document” must be an ID, a name or a choice from the list'],
		['document', { id: 5 }, '“Document” must be an ID, a name or a choice from the list'],
		['document', true, '“Document” must be an ID, a name or a choice from the list'],
		[
			'document',
			{ mode: 'id', value: [5] },
			'“Document” must be an ID, a name or a choice from the list',
		],
		['mapped', [{ Amount: 1 }], '“Custom Fields” must be an object such as { "Amount": 12.5 }'],
		['mapped', 12, '“Custom Fields” must be an object such as { "Amount": 12.5 }'],
		['mapped', 'Amount 12', '“Custom Fields” must be an object such as { "Amount": 12.5 }'],
		['mapped', '[1]', '“Custom Fields” must be an object such as { "Amount": 12.5 }'],
		['mapped', { value: 12 }, '“Custom Fields” must be an object such as { "Amount": 12.5 }'],
		[
			'mapped',
			{ mappingMode: 'defineBelow', value: ['x'] },
			'“Custom Fields” must be an object such as { "Amount": 12.5 }',
		],
		['mapped', new Date(0), '“Custom Fields” must be an object such as { "Amount": 12.5 }'],
	])('for %s that is %j is rejected with the label of the field', (name, given, message) => {
		const { kind, message: actual, description } = refusal({ [name]: given });

		expect(actual).toBe(message);
		expect(kind).toBe('invalid');
		expect(description).toContain('Check the expression');
	});

	it('is shown in the error, which names the parameter', () => {
		expect(refusal({ limit: 'many' })).toMatchObject({
			description: 'Received “many”. Check the expression in this field.',
			parameter: 'limit',
		});
		expect(refusal({ title: { a: 1 } }).description).toContain('{"a":1}');
	});
});

describe('A collection', () => {
	const nothings = [null, undefined, '', '   '];
	const inside = [
		{ displayName: 'Depth', name: 'depth', type: 'number', default: 1 },
		{ displayName: 'Deep', name: 'deep', type: 'boolean', default: true },
		{ displayName: 'Text', name: 'text', type: 'string', default: '' },
		{ displayName: 'Day', name: 'day', type: 'dateTime', default: '' },
		{ displayName: 'Owner', name: 'owner', type: 'resourceLocator', default: '' },
		{ displayName: 'Tags', name: 'tags', type: 'multiOptions', options: [], default: [] },
	] as const;
	const collection = {
		displayName: 'More',
		name: 'more',
		type: 'collection',
		default: {},
	} as const;
	const readMore = (parameter: Parameter, more: unknown) =>
		readParameters([parameter], () => more).more;

	it.each(inside)(
		'leaves out its field $displayName whose expression returns nothing',
		({ name }) => {
			for (const nothing of nothings)
				expect(readMore({ ...collection, options: inside }, { [name]: nothing })).toEqual({});
		},
	);

	it('leaves out a locator that chooses nothing', () => {
		for (const value of nothings) {
			const owner = { __rl: true, mode: 'id', value };
			expect(readMore({ ...collection, options: inside }, { owner })).toEqual({});
		}
	});

	it('of filters rejects nothing, which would let everything pass', () => {
		const filters = { ...collection, rejectsEmpty: true, options: inside } as const;

		for (const { name, displayName } of inside)
			for (const nothing of nothings)
				expect(() => readMore(filters, { [name]: nothing })).toThrow(`“${displayName}” is empty`);
		expect(() => readMore(filters, { owner: { mode: 'id', value: null } })).toThrow('is empty');
		expect(() => readMore(filters, null)).toThrow('“More” must be an object');
		expect(readMore(filters, {})).toEqual({});
	});

	it('can hold a single field that must not be empty', () => {
		const [depth, ...others] = inside;
		const options = [{ ...depth, rejectsEmpty: true }, ...others] as const;

		expect(() => readMore({ ...collection, options }, { depth: null })).toThrow('“Depth” is empty');
		expect(readMore({ ...collection, options }, { text: null })).toEqual({});
	});

	it.each([null, undefined])('rejects %s where an empty field has a meaning', (value) => {
		const expiration = {
			displayName: 'Expiration',
			name: 'expiration',
			type: 'dateTime',
			emptyByHand: true,
			default: '',
		} as const;

		expect(readParameters([expiration], () => '')).toEqual({ expiration: '' });
		expect(() => readParameters([expiration], () => value)).toThrow('“Expiration” must be a date');
	});

	it('rejects an unknown field, which would be a lost filter', () => {
		const { message } = refusal({ options: { tilte: 'x' } });

		expect(message).toBe('“Options” has no field “tilte”');
	});
});
