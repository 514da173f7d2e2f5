import { PaperlessError } from '../../../nodes/api/errors';
import { isAtLeast, Server, serverFrom } from '../../../nodes/api/server';

describe('The version of a server', () => {
	it.each([
		['2.20.15', '2.20.4', true],
		['2.20.4', '2.20.4', true],
		['2.9.9', '2.16.0', false],
		['3.0.0', '2.20.15', true],
		['3.0.0-beta.1', '3.0.0', true],
		['3.1', '3.1.0', true],
	])('%s is at least %s: %s', (version, minimum, expected) => {
		expect(isAtLeast(version, minimum)).toBe(expected);
	});

	it('is read from two headers, and unknown when one is missing or malformed', () => {
		expect(serverFrom({ 'x-version': '3.0.5', 'x-api-version': '10' })).toEqual(
			new Server('3.0.5', 10),
		);
		expect(serverFrom({ 'x-version': '3.0.5' })).toBeUndefined();
		expect(serverFrom({ 'x-api-version': '10' })).toBeUndefined();
		expect(serverFrom({ 'x-version': '3.0.5', 'x-api-version': 'ten' })).toBeUndefined();
		for (const text of ['', '3.0.5 <a href="https://evil.test">', '3'.repeat(41)])
			expect(serverFrom({ 'x-version': text, 'x-api-version': '10' })).toBeUndefined();
	});

	it('decides the version of the API: the newest that both sides know', () => {
		expect(new Server('2.15.3', 8).api).toBe(8);
		expect(new Server('3.0.5', 10).api).toBe(10);
		expect(new Server('4.0.0', 12).api).toBe(10);
	});

	it('that is too old for a feature is named, with the version that has it', () => {
		const old = new Server('2.18.4', 9);
		const attempt = () => old.require('customFieldValuesAtUpload');

		expect(old.has('customFieldValuesAtUpload')).toBe(false);
		expect(attempt).toThrow(PaperlessError);
		expect(attempt).toThrow(
			'Setting custom fields at upload needs Paperless-ngx 2.19 or later; this server is 2.18.4',
		);
		expect(() => new Server('2.19.0', 9).require('customFieldValuesAtUpload')).not.toThrow();
	});
});
