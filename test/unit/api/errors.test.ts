import { asError, isPaperlessError, orNothing, PaperlessError } from '../../../nodes/api/errors';

const error = new PaperlessError('invalid', 'Bad title', {
	description: 'Shorten it.',
	status: 400,
	fields: { title: 'Too long.' },
	parameter: 'title',
});

describe('A PaperlessError', () => {
	it('takes more advice and keeps everything else', () => {
		expect(error.adding('Two items are done.')).toMatchObject({
			...error,
			message: 'Bad title',
			description: 'Shorten it. Two items are done.',
		});
	});

	it('takes advice where it had none', () => {
		expect(new PaperlessError('invalid', 'Bad title').adding('Shorten it.').description).toBe(
			'Shorten it.',
		);
	});

	it('can be about another parameter or about none', () => {
		expect(error.about('newName')).toMatchObject({ description: 'Shorten it.', status: 400 });
		expect(error.about('newName').parameter).toBe('newName');
		expect(error.about(undefined).parameter).toBeUndefined();
	});

	it('is recognized by its kind', () => {
		expect(isPaperlessError(error)).toBe(true);
		expect(isPaperlessError(error, 'notFound', 'invalid')).toBe(true);
		expect(isPaperlessError(error, 'notFound')).toBe(false);
		expect(isPaperlessError(new Error('Bad title'))).toBe(false);
		expect(isPaperlessError(undefined)).toBe(false);
	});
});

describe('A thrown value', () => {
	it('stays as it is when it is an error, and becomes one otherwise', () => {
		expect(asError(error)).toBe(error);
		expect(asError('no')).toEqual(new Error('no'));
	});

	it('yields nothing when an object is gone, and is thrown again otherwise', () => {
		expect(orNothing(new PaperlessError('notFound', 'Gone'))).toBeUndefined();
		expect(() => orNothing(error)).toThrow(error);
	});
});
