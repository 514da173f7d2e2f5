import { isMasked, sameSetting } from '../../../nodes/PaperlessNgx/resources/system/sameSetting';

describe('sameSetting', () => {
	it.each([
		['a text with spaces around it', ' deu ', 'deu'],
		['a number as a text', '3', 3],
		['a switch as a text', 'true', true],
		['an empty text and null', '', null],
		['null and an empty text', null, ''],
		['a text of null and null', 'null', null],
		['an object and its text in another order', { b: [1, 2], a: 1 }, '{"a": 1, "b": [1, 2]}'],
		['two texts of one object', '{"a":1}', '{"a": 1}'],
		['a secret, which the server hides', 'key', '**********'],
	])('takes %s for the same', (_, wanted, stored) => {
		expect(sameSetting(wanted, stored)).toBe(true);
	});

	it.each([
		['another text', 'deu', 'eng'],
		['null and a value', null, 'eng'],
		['null and off, which is a choice', null, false],
		['a value and null', 'eng', null],
		['a secret and null', 'key', null],
		['a removed secret that is still there', null, '**********'],
		['objects that differ', { a: 1 }, '{"a": 2}'],
	])('takes %s for different', (_, wanted, stored) => {
		expect(sameSetting(wanted, stored)).toBe(false);
	});

	it('knows a hidden secret', () => {
		expect(['**********', '', null, 'key'].map(isMasked)).toEqual([true, false, false, false]);
	});
});
