import { PaperlessError } from '../../../../nodes/api/errors';
import { addressesFrom } from '../../../../nodes/PaperlessNgx/resources/document/addressesFrom';

describe('E-mail addresses', () => {
	it.each([
		['ann@example.com', ['ann@example.com']],
		[' ann@example.com ; bob@example.com,', ['ann@example.com', 'bob@example.com']],
		['ann@example.com\nbob@localhost', ['ann@example.com', 'bob@localhost']],
	])('are read from %j', (text, addresses) => {
		expect(addressesFrom(text)).toEqual(addresses);
	});

	it.each([
		['', '“To” is empty'],
		[' ,; ', '“To” is empty'],
		['ann@example.com, bob', '“bob” is not an e-mail address'],
		['Ann <ann@example.com>', '“Ann <ann@example.com>” is not an e-mail address'],
		['a b@example.com', '“a b@example.com” is not an e-mail address'],
	])('are rejected if they are %j', (text, message) => {
		expect(() => addressesFrom(text)).toThrow(PaperlessError);
		expect(() => addressesFrom(text)).toThrow(message);
	});
});
