import { fillIn } from '../../../nodes/api/fillIn';

describe('A text with placeholders', () => {
	it('gets the facts in their places', () => {
		expect(fillIn('{words} ({status})', { words: 'Too {long} $&', status: '400' })).toBe(
			'Too {long} $& (400)',
		);
	});

	it('has no blanks where a fact at either end is missing', () => {
		expect(fillIn('{words} Try again. {outcome}', { words: '' })).toBe('Try again.');
	});
});
