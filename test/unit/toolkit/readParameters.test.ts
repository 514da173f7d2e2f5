import { DateTime } from 'luxon';
import { PaperlessError } from '../../../nodes/api/errors';
import type { Locator, MappedFields, Parameter, ValuesOf } from '../../../nodes/toolkit/parameter';
import { readParameters } from '../../../nodes/toolkit/parameter';

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

	it('let nothing through that is not there', () => {
		const values = read();

		// @ts-expect-error a notice holds no value
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

	it('inside a collection is left out, since that means “leave it alone”', () => {
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

	it('as a whole group is no group', () => {
		expect(read({ filters: {} }).filters).toEqual({});
		expect(read({ filters: null }).filters).toEqual({});
		expect(read({ filters: 'none' }).filters).toEqual({});
	});
});

describe('What an expression yields', () => {
	it.each([
		['a number as text is a number', 'limit', ' 12 ', 12],
		['a number for a text is a text', 'title', 12, '12'],
		['a boolean for a text is a text', 'title', true, 'true'],
		['nothing for a text is an empty text', 'title', null, ''],
		['a list for a list in a text is a comma list', 'ids', ['a', 12], 'a, 12'],
		['a JavaScript date is ISO 8601', 'created', new Date(0), '1970-01-01T00:00:00.000Z'],
		[
			'a luxon date is ISO 8601',
			'created',
			DateTime.fromISO('2024-05-31', { zone: 'utc' }),
			'2024-05-31T00:00:00.000Z',
		],
		['an object for JSON is its text', 'query', ['Paid', 'exact', false], '["Paid","exact",false]'],
		['yes as text is true', 'returnAll', 'true', true],
		['no as text is false', 'returnAll', 'false', false],
		['1 is true', 'returnAll', 1, true],
		['0 is false', 'returnAll', 0, false],
		['one choice is a list of one', 'selected', 'title', ['title']],
		['loaded choices are left as they are', 'tags', 'Invoice, 12', 'Invoice, 12'],
		['a loaded choice is left as it is', 'field', 12, 12],
		['a number for a locator is an id', 'document', 12, { mode: 'id', value: '12' }],
		['digits for a locator are an id', 'document', ' 12 ', { mode: 'id', value: '12' }],
		['a text for a locator is a name', 'document', 'Fee', { mode: 'name', value: 'Fee' }],
		['nothing for a locator is an empty one', 'document', null, { mode: 'name', value: '' }],
		[
			'a number in a locator is a text',
			'document',
			{ __rl: true, mode: 'id', value: 12 },
			{ mode: 'id', value: '12' },
		],
		[
			'a mapper gives its values',
			'mapped',
			{ mappingMode: 'defineBelow', value: { 5: 'x' } },
			{ 5: 'x' },
		],
		['a mapper without values is empty', 'mapped', { mappingMode: 'defineBelow', value: null }, {}],
		['a single group is no list', 'single', { row: { value: 7 } }, { row: { value: '7' } }],
		[
			'one row for many is a list',
			'filters',
			{ rows: { value: 7 } },
			{ rows: [{ value: '7', level: 1 }] },
		],
		['a number as text in a collection is a number', 'options', { depth: '3' }, { depth: 3 }],
		['a type of n8n that needs no care is left as it is', 'colour', '#ff0000', '#ff0000'],
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
		['title', { a: 1 }, '“Title” must be a text'],
		['title', ['a'], '“Title” must be a text'],
		['ids', ['a', { a: 1 }], '“IDs” must be a text'],
		['output', 'cooked', '“Output” must be one of Raw, Simplified'],
		['selected', ['title', 'colour'], '“Fields” must be one of Title, Level'],
		['options', { depth: 'deep' }, '“Depth” must be a number'],
		['filters', { rows: [{ level: 'high' }] }, '“Level” must be a number'],
	])('for %s that is %j is refused under its display name', (name, given, message) => {
		const { kind, message: said, description } = refusal({ [name]: given });

		expect(said).toBe(message);
		expect(kind).toBe('invalid');
		expect(description).toContain('Check the expression');
	});

	it('is shown where it is refused, with the parameter it is for', () => {
		expect(refusal({ limit: 'many' })).toMatchObject({
			description: 'It is “many”. Check the expression that fills it.',
			parameter: 'limit',
		});
		expect(refusal({ title: { a: 1 } }).description).toContain('{"a":1}');
	});
});

describe('A collection', () => {
	it('refuses a field that it does not have, which would be a filter lost', () => {
		const { message } = refusal({ options: { tilte: 'x' } });

		expect(message).toBe('“Options” has no field “tilte”');
	});
});
