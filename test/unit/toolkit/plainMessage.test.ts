import { logLine } from '../../../nodes/toolkit/logLine';
import { plainMessage } from '../../../nodes/toolkit/plainMessage';

describe('A line of the log', () => {
	it('is one line, whatever it quotes', () => {
		expect(logLine('“a\r\nb\u2028c\u001b[31md” changed')).toBe('“a b c [31md” changed');
	});
});

describe('A message in the editor', () => {
	it.each([
		['<a href="https://evil.example">Log in</a>', '‹a href="https://evil.example">Log in‹/a>'],
		['<!-- a --><?b?><IMG>', '‹!-- a -->‹?b?>‹IMG>'],
		['added:<2024, a < b', 'added:<2024, a < b'],
		['\u001b[2Jfirst\n\tsecond\u0007\r', '[2Jfirst\n\tsecond'],
	])('contains no tag: %s', (text, plain) => {
		expect(plainMessage(text)).toBe(plain);
	});

	it('ends after 2,000 characters', () => {
		expect(plainMessage('x'.repeat(2000))).toHaveLength(2000);
		expect(plainMessage('x'.repeat(30_000_000))).toHaveLength(2001);
	});
});
