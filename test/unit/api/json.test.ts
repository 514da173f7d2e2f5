import { isRecord, parseJson } from '../../../nodes/api/json';

describe('Text from outside', () => {
	it.each(['{"a":1}', ' [1]', '12', '-1.5', 'true', 'false', 'null', '"text"'])(
		'such as %s is parsed',
		(text) => {
			expect(parseJson(text)).toEqual({ ok: true, json: JSON.parse(text) as unknown });
		},
	);

	it.each(['', ' ', '{"a":', '<html></html>', 'nothing', 'Failed'])(
		'such as “%s” is not JSON',
		(text) => {
			expect(parseJson(text)).toEqual({ ok: false });
		},
	);

	it.each([
		['is nested so deep that nobody can write it down again', '['.repeat(50_000_000)],
		['is nested deep, and complete', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`],
		['has more parts than n8n has memory for', `[${'[],'.repeat(10_000_000)}[]]`],
	])('that %s is not parsed', (_, text) => {
		expect(parseJson(text)).toEqual({ ok: false });
	});

	it.each([
		['brackets in a text', JSON.stringify('[{"'.repeat(1000))],
		['an escaped quote before brackets', JSON.stringify([`"\\"${'['.repeat(300)}`])],
		['a hundred levels', `${'['.repeat(100)}${']'.repeat(100)}`],
		['many short lists', JSON.stringify(Array.from({ length: 100_000 }, (_, id) => [id]))],
	])('may have %s', (_, text) => {
		expect(parseJson(text)).toEqual({ ok: true, json: JSON.parse(text) as unknown });
	});
});

describe('A record', () => {
	it('is an object and not a list', () => {
		expect([{}, { a: 1 }].every(isRecord)).toBe(true);
		expect([null, undefined, [], 'a', 1].some(isRecord)).toBe(false);
	});
});
