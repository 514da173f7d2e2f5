import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import type { CustomField } from '../../../nodes/api/schemas/named';
import {
	encodeCustomFields,
	encodeValue,
	readableValue,
} from '../../../nodes/documents/encodeCustomFields';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const field = (data_type: string, extra_data: CustomField['extra_data'] = null): CustomField => ({
	id: 5,
	name: 'Amount',
	data_type,
	extra_data,
});

const level = field('select', {
	select_options: [
		{ id: 'a1', label: 'High' },
		null,
		{ id: 'b2', label: 'a1' },
		{ id: 'c3', label: 'Low' },
	],
});
const euros = field('monetary', { default_currency: 'eur' });

describe('A value of a custom field', () => {
	it.each([
		['a boolean', field('boolean'), true, true],
		['a boolean as text', field('boolean'), 'false', false],
		['a boolean as a number', field('boolean'), 1, true],
		['false as a number', field('boolean'), 0, false],
		['a date', field('date'), '2024-05-31T23:00:00+02:00', '2024-05-31'],
		['one document', field('documentlink'), 12, [12]],
		['documents as a comma list', field('documentlink'), '12, 34,12', [12, 34]],
		['documents as a list', field('documentlink'), [12, '34'], [12, 34]],
		['a number as text', field('float'), ' 1.5 ', 1.5],
		['a whole number as text', field('integer'), '-3', -3],
		['the largest whole number', field('integer'), 2147483647, 2147483647],
		['a number for text', field('string'), 12, '12'],
		['a boolean for long text', field('longtext'), true, 'true'],
		['an amount', field('monetary'), 'EUR12.50', 'EUR12.50'],
		['an amount without cents', field('monetary'), 'EUR12', 'EUR12.00'],
		['an amount with one decimal', field('monetary'), 'EUR 12.5', 'EUR12.50'],
		['an amount below zero', field('monetary'), 'USD-3.07', 'USD-3.07'],
		['an amount without a currency', field('monetary'), '12.50', '12.50'],
		['an amount in the field’s own currency', euros, '12.50', 'EUR12.50'],
		['an amount in another currency', euros, 'USD12.50', 'USD12.50'],
		['a number for an amount', euros, 12.345, 'EUR12.35'],
		['a number with a rounding difference', euros, 0.1 + 0.2, 'EUR0.30'],
		['an option by its label', level, 'High', 'a1'],
		['an option by its id', level, 'c3', 'c3'],
		['an option by its id rather than by an equal label', level, 'a1', 'a1'],
		['an address', field('url'), 'https://example.com/a?b=1', 'https://example.com/a?b=1'],
		['an e-mail address', field('url'), 'mailto:a@example.com', 'mailto:a@example.com'],
		['a type that only newer servers know', field('colour'), { r: 1 }, { r: 1 }],
	])('that is %s is sent in the type of its field', (_, definition, given, sent) => {
		expect(encodeValue(definition, given)).toEqual(sent);
	});

	it.each([
		[field('boolean'), 'yes', 'true or false'],
		[field('date'), 'soon', 'is not a date'],
		[field('documentlink'), '12,x', 'document IDs'],
		[field('documentlink'), 0, 'document IDs'],
		[field('documentlink'), '', 'document IDs'],
		[field('float'), 'much', 'a number'],
		[field('float'), '', 'a number'],
		[field('float'), Number.POSITIVE_INFINITY, 'a number'],
		[field('integer'), 1.5, 'a whole number'],
		[field('integer'), 2147483648, 'a whole number'],
		[field('string'), { a: 1 }, 'text'],
		[field('string'), 'x'.repeat(129), 'at most 128 characters'],
		[field('monetary'), 'twelve', 'an amount such as EUR12.50'],
		[field('monetary'), '12.345', 'an amount such as EUR12.50'],
		[field('monetary'), '€12', 'an amount such as EUR12.50'],
		[level, 'Medium', 'one of “High”, “a1”, “Low”'],
		[field('url'), 'example.com', 'an address with its scheme'],
		[field('url'), 'https://a b', 'an address with its scheme'],
	])('of %j that is %j is rejected with the name of the field', (definition, given, words) => {
		const attempt = () => encodeValue(definition, given);

		expect(attempt).toThrow(PaperlessError);
		expect(attempt).toThrow(words);
		expect(attempt).toThrow('Amount');
	});

	it('of 128 characters is accepted', () => {
		expect(encodeValue(field('string'), 'x'.repeat(128))).toBe('x'.repeat(128));
	});
});

describe('Values by field', () => {
	const definitions = [
		{ id: 5, name: 'Paid', data_type: 'boolean' },
		{ id: 6, name: 'Amount', data_type: 'float' },
	];
	const start = () => contextOn(new FakeTransport([page(definitions)]));

	it('are found by id or name, without the empty ones', async () => {
		const mapped = { '5': 'true', Amount: '1.5', '7': '', '8': null, '9': undefined };

		expect(await encodeCustomFields(start(), mapped)).toEqual({ 5: true, 6: 1.5 });
	});

	it('include false and zero', async () => {
		expect(await encodeCustomFields(start(), { '5': false, '6': 0 })).toEqual({ 5: false, 6: 0 });
	});

	it('of a field that does not exist are rejected', async () => {
		const refusal = await refusalOf(encodeCustomFields(start(), { Amonut: 1 }), PaperlessError);

		expect(refusal.message).toBe('There is no custom field “Amonut”');
		expect(refusal.description).toContain('“Amount”');
	});

	it('that are all empty take no request', async () => {
		expect(await encodeCustomFields(contextOn(new FakeTransport([])), { '5': '' })).toEqual({});
	});
});

describe('A value as people read it', () => {
	it('is the label of an option, and any other value unchanged', () => {
		expect(readableValue(level, 'c3')).toBe('Low');
		expect(readableValue(level, 'gone')).toBe('gone');
		expect(readableValue(level, null)).toBeNull();
		expect(readableValue(field('monetary'), 'EUR12.50')).toBe('EUR12.50');
	});
});
