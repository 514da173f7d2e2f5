import { outputSchema, schemaFile } from '../../support/outputSchema.mts';

describe('The schema of outputs', () => {
	it('has the keys of all of them, in the order in which they first occur', () => {
		const { properties = {} } = outputSchema([
			{ id: 1, name: 'a' },
			{ extra: true, id: 2 },
		]);

		expect(Object.entries(properties)).toEqual([
			['id', { type: 'number' }],
			['name', { type: 'string' }],
			['extra', { type: 'boolean' }],
		]);
	});

	it.each<[string, unknown[], string | string[]]>([
		['one type', [1, 2.5], 'number'],
		['a type and null, the type first', [null, 'a', null], ['string', 'null']],
		[
			'several types, that of the newest server first',
			['a', 1, null],
			['string', 'number', 'null'],
		],
		['nothing but null', [null], 'null'],
	])('says of a value with %s what occurs', (_, values, type) => {
		expect(outputSchema(values)).toEqual({ type });
	});

	it('merges the entries of all lists', () => {
		const values = [{ rows: [{ a: 1 }, { b: null }] }, { rows: [] }, { rows: [{ b: 'x' }] }];

		expect(outputSchema(values).properties?.rows).toEqual({
			type: 'array',
			items: {
				type: 'object',
				properties: { a: { type: 'number' }, b: { type: ['string', 'null'] } },
			},
		});
	});

	it('calls a list without entries a list', () => {
		expect(outputSchema([[], null])).toEqual({ type: 'array' });
	});

	it('shows what is in an object that may be missing', () => {
		expect(outputSchema([null, { a: 1 }])).toEqual({
			type: 'object',
			properties: { a: { type: 'number' } },
		});
	});

	it('leaves out keys that people gave', () => {
		const values = [{ fields: { Due: '2024-01-01' } }, { fields: [{ name: 'Due' }] }];
		const [named, listed] = values.map(
			(value) => outputSchema([value], new Set(['fields'])).properties?.fields,
		);

		expect(named).toEqual({ type: 'object' });
		expect(listed?.items?.properties).toEqual({ name: { type: 'string' } });
	});

	it('is stored with its version, and with types in one line', () => {
		expect(schemaFile(outputSchema([{ a: 1 }, { a: null }]))).toBe(
			[
				'{',
				'\t"type": "object",',
				'\t"properties": {',
				'\t\t"a": {',
				'\t\t\t"type": ["number", "null"]',
				'\t\t}',
				'\t},',
				'\t"version": 1',
				'}',
				'',
			].join('\n'),
		);
	});
});
