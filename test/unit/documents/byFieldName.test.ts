import { deepCopy } from 'n8n-workflow';
import { forgetServers } from '../../../nodes/api/connection';
import { encodeCustomFields } from '../../../nodes/documents/encodeCustomFields';
import { encodeValue } from '../../../nodes/documents/encodeValue';
import { byFieldName, nameOfKey } from '../../../nodes/documents/byFieldName';
import { present } from '../../../nodes/documents/output/present';
import { simplified } from '../../../nodes/documents/output/presentation';
import { diffFromHistory } from '../../../nodes/events/diffFromHistory';
import { booleanFrom } from '../../../nodes/toolkit/booleanFrom';
import { filesOf } from '../../../nodes/toolkit/files';
import { contextOn } from '../../support/context.mts';
import { fakeNode } from '../../support/fakeNode.mts';
import { FakeTransport, page, refusalOf } from '../../support/fakeTransport.mts';
import { PaperlessError } from '../../../nodes/api/errors';

beforeEach(forgetServers);

/** Names that every object of JavaScript knows. */
const inherited = [
	'__proto__',
	'constructor',
	'hasOwnProperty',
	'prototype',
	'toString',
	'valueOf',
];

const fields = inherited.map((name, at) => ({ id: at + 1, name, data_type: 'string' }));
const contextWithFields = () => contextOn(new FakeTransport(() => page(fields)));

describe('Custom fields with the names of what every object has', () => {
	it('come through the output and the copies of n8n, and back into a document', async () => {
		const context = contextWithFields();
		const custom_fields = fields.map(({ id }) => ({ field: id, value: `Value ${id}` }));

		const [document] = await present(context, [{ id: 1, custom_fields }], simplified);
		const values = deepCopy(document?.custom_fields as Record<string, string>);
		const back = await encodeCustomFields(context, { values, labels: {}, keys: 'names' }, {});

		expect(Object.values(values)).toHaveLength(fields.length);
		expect(back.set).toEqual(
			Object.fromEntries(fields.map(({ id }) => [String(id), `Value ${id}`])),
		);
	});

	it('get a number that no other field has', () => {
		const keys = Object.keys(
			byFieldName([['constructor', 1] as const, ['constructor (2)', 2] as const]),
		);

		expect(keys).toEqual(['constructor (3)', 'constructor (2)']);
		expect(keys.map(nameOfKey)).toEqual(['constructor', 'constructor']);
	});

	it('are set by a key that is a name with a number, where a field has this very name', async () => {
		const transport = new FakeTransport(() =>
			page([...fields, { id: 20, name: 'constructor (2)', data_type: 'string' }]),
		);
		const values = { 'constructor (2)': 'a' };

		const back = await encodeCustomFields(
			contextOn(transport),
			{
				values,
				labels: {},
				keys: 'names',
			},
			{},
		);

		expect(back.set).toEqual({ '20': 'a' });
	});

	it.each(inherited)('are told by the history: %s', (name) => {
		const entry = {
			id: 1,
			timestamp: '2024-05-31T12:00:00Z',
			action: 'update',
			changes: { custom_fields: { field: name, value: 'a' }, [name]: ['a', 'b'] },
			actor: null,
		};
		const now = { id: 1, modified: '', fields: {}, tags: [], notes: [], values: {} };

		const diff = diffFromHistory([entry], now, { tag: (tag) => tag, customField: (one) => one });

		expect(diff.facts).toEqual([]);
		expect([...diff.customFields]).toEqual([[name, { to: null }]]);
	});
});

describe('Text that names what every object has', () => {
	it.each(inherited)('is a type whose values stay as they are: %s', (data_type) => {
		const field = { id: 1, name: 'Odd', data_type };

		expect(encodeValue(field, 'Value', 'Europe/Berlin')).toBe('Value');
	});

	it.each(inherited)('is neither true nor false: %s', (text) => {
		expect(booleanFrom(text)).toBeUndefined();
	});

	it.each(inherited)('is no file of an item: %s', async (property) => {
		const files = filesOf(fakeNode({ items: [{ json: {}, binary: {} }] }).node);

		const refusal = await refusalOf(files.read(0, property), PaperlessError);

		expect(refusal.message).toBe(`The input has no file “${property}”`);
	});
});
