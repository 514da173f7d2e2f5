import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import type { CustomField } from '../../../nodes/api/schemas/named';
import { encodeCustomFields, readableValue } from '../../../nodes/documents/encodeCustomFields';
import { encodeValue } from '../../../nodes/documents/encodeValue';
import type { MappedFields } from '../../../nodes/toolkit/parameter';
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
const twins = field('select', {
	select_options: [
		{ id: 'o1', label: 'Open' },
		{ id: 'o2', label: 'open ' },
		{ id: 'j1', label: 'Ja' },
		{ id: 'j2', label: 'Ja' },
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
		['an option by its label in another case', level, ' high ', 'a1'],
		['an option by its exact label among similar ones', twins, 'Open', 'o1'],
		['a comma before the decimals', euros, '12,50', 'EUR12.50'],
		['points between the thousands', euros, '1.234,50', 'EUR1234.50'],
		['commas between the thousands', euros, '1,234.50', 'EUR1234.50'],
		['several points between the thousands', euros, '1.234.567', 'EUR1234567.00'],
		['blanks between the thousands', euros, '1 234,5', 'EUR1234.50'],
		['a currency behind the amount', field('monetary'), '12.50 EUR', 'EUR12.50'],
		['a sign of a currency', field('monetary'), '€12.50', 'EUR12.50'],
		['a sign of a currency behind the amount', field('monetary'), '12,50 €', 'EUR12.50'],
		['a currency in small letters', field('monetary'), 'eur12.5', 'EUR12.50'],
		['a currency with a blank', field('monetary'), 'EUR 12.50', 'EUR12.50'],
		['a negative amount', euros, '-1.234,50', 'EUR-1234.50'],
		['a negative amount with a sign', field('monetary'), '-€12.50', 'EUR-12.50'],
		['a minus sign of a text program', field('monetary'), '−12,50 EUR', 'EUR-12.50'],
		[
			'a dollar sign in a field in dollars',
			field('monetary', { default_currency: 'USD' }),
			'$5',
			'USD5.00',
		],
		['“True” for a boolean', field('boolean'), 'True', true],
		['“yes” for a boolean', field('boolean'), ' Yes ', true],
		['“off” for a boolean', field('boolean'), 'off', false],
		['“1” for a boolean', field('boolean'), '1', true],
		['a float with a comma', field('float'), '12,5', 12.5],
		['a float with thousands', field('float'), '-1.234,5', -1234.5],
		['a float as JSON writes it', field('float'), '1.234', 1.234],
		['a float below one with a comma', field('float'), '0,125', 0.125],
		['a float with an exponent', field('float'), '1e3', 1000],
		['a whole number with thousands', field('integer'), '1.234.567', 1234567],
		['a whole number with decimals of zero', field('integer'), '12,0', 12],
		['an instant, on the workflow’s day', field('date'), '2025-06-29T03:30:00.000Z', '2025-06-28'],
		['a JavaScript date', field('date'), new Date('2025-06-29T03:30:00.000Z'), '2025-06-28'],
		['milliseconds', field('date'), Date.parse('2025-06-29T03:30:00.000Z'), '2025-06-28'],
		['documents as the text of a list', field('documentlink'), '["12", 34]', [12, 34]],
		['text of 128 emoji', field('string'), '😀'.repeat(128), '😀'.repeat(128)],
		[
			'the longest address',
			field('url'),
			`https://${'x'.repeat(192)}`,
			`https://${'x'.repeat(192)}`,
		],
		['an address', field('url'), 'https://example.com/a?b=1', 'https://example.com/a?b=1'],
		['an e-mail address', field('url'), 'mailto:a@example.com', 'mailto:a@example.com'],
		['a type that only newer servers know', field('colour'), { r: 1 }, { r: 1 }],
	])('that is %s is sent in the type of its field', (_, definition, given, sent) => {
		expect(encodeValue(definition, given, 'America/New_York')).toEqual(sent);
	});

	it.each([
		[field('boolean'), 'perhaps', 'true or false'],
		[field('boolean'), 2, 'true or false'],
		[field('date'), '12:00', 'is not a date'],
		[field('date'), '2024', 'is not a date'],
		[field('float'), '1,234', 'a number'],
		[field('float'), '0x10', 'a number'],
		[field('float'), '1,2,3', 'a number'],
		[field('integer'), '1.000', 'a whole number'],
		[field('integer'), '12,5', 'a whole number'],
		[field('monetary'), '1.234', 'an amount such as EUR12.50'],
		[field('monetary'), '1,234', 'an amount such as EUR12.50'],
		[field('monetary'), '12,505', 'an amount such as EUR12.50'],
		[field('monetary'), '12 pcs', 'an amount such as EUR12.50'],
		[field('monetary'), '$12', 'an amount such as EUR12.50'],
		[field('monetary'), 'EUR 12 USD', 'an amount such as EUR12.50'],
		[field('monetary'), '12 34', 'an amount such as EUR12.50'],
		[field('monetary'), Number.NaN, 'an amount such as EUR12.50'],
		[field('monetary'), true, 'an amount such as EUR12.50'],
		[field('monetary'), '12345678901', 'at most 10 digits'],
		[level, ['High'], 'the label of an option'],
		[level, 'a1', 'several options that “a1” can mean'],
		[twins, 'Ja', 'several options that “Ja” can mean'],
		[twins, 'OPEN', 'several options that “OPEN” can mean'],
		[field('url'), `https://${'x'.repeat(193)}`, 'at most 200 characters'],
		[field('string'), 'a\0b', 'text without NUL characters'],
		[field('documentlink'), [12, null], 'document IDs'],
		[field('documentlink'), '0x10', 'document IDs'],
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
		[level, 'Medium', 'one of “High”, “a1”, “Low”'],
		[field('url'), 'example.com', 'an address with its scheme'],
		[field('url'), 'https://a b', 'an address with its scheme'],
	])('of %j that is %j is rejected with the name of the field', (definition, given, words) => {
		const attempt = () => encodeValue(definition, given, 'America/New_York');

		expect(attempt).toThrow(PaperlessError);
		expect(attempt).toThrow(words);
		expect(attempt).toThrow('Amount');
	});

	it('of 128 characters is accepted', () => {
		expect(encodeValue(field('string'), 'x'.repeat(128), 'UTC')).toBe('x'.repeat(128));
	});
});

describe('Values by field', () => {
	const definitions = [
		{ id: 5, name: 'Paid', data_type: 'boolean' },
		{ id: 6, name: 'Amount', data_type: 'float' },
		{ id: 9, name: '5', data_type: 'string' },
	];
	const start = () => contextOn(new FakeTransport([page(definitions)]));
	const mapped = (
		values: MappedFields['values'],
		keys: MappedFields['keys'] = 'ids',
		labels: MappedFields['labels'] = {},
	): MappedFields => ({ values, keys, labels });
	const setOf = async (given: MappedFields) => (await encodeCustomFields(start(), given, {})).set;

	it('are found by id or name, without the empty ones', async () => {
		const given = { '5': 'true', Amount: '1.5', '7': '', '8': null, '9': undefined, '10': '  ' };

		expect(await setOf(mapped(given))).toEqual({ 5: true, 6: 1.5 });
	});

	it('of an expression are found by name or id', async () => {
		expect(await setOf(mapped({ Paid: 1, '6': 2 }, 'names'))).toEqual({
			5: true,
			6: 2,
		});
	});

	it('include false and zero', async () => {
		expect(await setOf(mapped({ '5': false, '6': 0 }))).toEqual({
			5: false,
			6: 0,
		});
	});

	it.each([
		[mapped({ Amonut: 1 }), 'There is no custom field “Amonut”', '“Amount”'],
		[mapped({ '5': true }, 'names'), '“5” is ambiguous', 'name of the field with the ID 9'],
		[mapped({ '6': 1, Amount: 2 }), 'Custom field “Amount” is set twice', 'Keep one'],
		[
			mapped({ '5': true }, 'ids', { 5: 'Due' }),
			'Custom field 5 is “Paid” on this server, not “Due”',
			'another server',
		],
	])('%j are rejected: %s', async (given, message, description) => {
		for (const skipUnfitValues of [false, true]) {
			const encoding = encodeCustomFields(start(), given, { skipUnfitValues });
			const refusal = await refusalOf<PaperlessError>(encoding, PaperlessError);

			expect(refusal.message).toContain(message);
			expect(refusal.description).toContain(description);
		}
	});

	it.each(['Paid', 'paid ', 'Paid (amount, e.g. EUR12.50)'])(
		'are taken when the panel showed the field as “%s”',
		async (label) => {
			expect(await setOf(mapped({ '5': 1 }, 'ids', { 5: label }))).toEqual({
				5: true,
			});
		},
	);

	it('that do not fit can be skipped, with the reasons', async () => {
		const given = mapped({ Paid: 'perhaps', Amount: '12,5' }, 'names');

		expect(await encodeCustomFields(start(), given, { skipUnfitValues: true })).toEqual({
			set: { 6: 12.5 },
			skipped: {
				5: {
					field: 'Paid',
					value: 'perhaps',
					reason: 'Custom field “Paid” must be true or false',
				},
			},
		});
	});

	it('that are all empty take no request', async () => {
		const given = mapped({ '5': '', '6': [] });

		expect(await encodeCustomFields(contextOn(new FakeTransport([])), given, {})).toEqual({
			set: {},
			skipped: {},
		});
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
