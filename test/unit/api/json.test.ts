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
});

describe('A record', () => {
	it('is an object and not a list', () => {
		expect([{}, { a: 1 }].every(isRecord)).toBe(true);
		expect([null, undefined, [], 'a', 1].some(isRecord)).toBe(false);
	});
});
