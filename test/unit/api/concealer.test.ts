import { concealer } from '../../../nodes/api/concealer';

describe('A text from outside', () => {
	const conceal = concealer(['abcdefgh-token', 'Basic dXNlcjpwYXNz', 'a"quoted"key', 'https']);

	it.each([
		['Token abcdefgh-token refused', 'Token … refused'],
		['abcdefgh-token, abcdefgh-token', '…, …'],
		['You sent Basic dXNlcjpwYXNz', 'You sent …'],
		['You sent dXNlcjpwYXNz', 'You sent …'],
		['{"key":"a\\"quoted\\"key"}', '{"key":"…"}'],
		['?key=a%22quoted%22key', '?key=…'],
		[`Token ${'0a'.repeat(20)} of another user`, 'Token … of another user'],
	])('shows no secret: %s', (text, shown) => {
		expect(conceal(text)).toBe(shown);
	});

	it('keeps what is too short for a secret', () => {
		expect(conceal('Change it to https://')).toBe('Change it to https://');
	});
});
