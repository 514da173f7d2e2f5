import {
	changedOptions,
	labelsFrom,
} from '../../../nodes/PaperlessNgx/resources/customField/changedOptions';

const field = (...labels: string[]) => ({
	id: 1,
	name: 'State',
	data_type: 'select',
	extra_data: {
		select_options: [...labels.map((label) => ({ id: label.toLowerCase(), label })), null],
	},
});

describe('The options of a select field', () => {
	it('keep their ids when they are renamed, and lose them when they are removed', () => {
		const changed = changedOptions(field('Open', 'Paid'), {
			added: ['Late'],
			removed: ['Open'],
			renamed: new Map([['Paid', 'Settled']]),
		});

		expect(changed).toEqual([{ id: 'paid', label: 'Settled' }, { label: 'Late' }]);
	});

	it('do not change when every added label exists', () => {
		expect(changedOptions(field('Open'), { added: ['Open'] })).toBeUndefined();
		expect(changedOptions(field('Open'), {})).toBeUndefined();
	});

	it.each([
		{ removed: ['Overdue'] },
		{ renamed: new Map([['Overdue', 'Late']]) },
		{ added: ['Late'], removed: ['Overdue'] },
	])('reject an unknown label, and the message names the known ones: %j', (changes) => {
		expect(() => changedOptions(field('Open', 'Paid'), changes)).toThrow(
			expect.objectContaining({
				message: 'The custom field “State” has no option “Overdue”',
				description: 'Its options: “Open”, “Paid”.',
			}),
		);
	});

	it('do not exist in a field of another type', () => {
		const date = { id: 2, name: 'Due', data_type: 'date', extra_data: null };

		expect(() => changedOptions(date, { added: ['Soon'] })).toThrow(
			'The custom field “Due” is not a select field',
		);
	});

	it('are added although a label differs by case alone, which then names the exact one', () => {
		expect(changedOptions(field('open'), { added: ['Open'] })).toEqual([
			{ id: 'open', label: 'open' },
			{ label: 'Open' },
		]);
	});

	it('are swapped, because all changes are made at once', () => {
		const renamed = new Map([
			['A', 'B'],
			['B', 'A'],
		]);

		expect(changedOptions(field('A', 'B'), { renamed })).toEqual([
			{ id: 'a', label: 'B' },
			{ id: 'b', label: 'A' },
		]);
	});

	it.each([
		['"Open, late",Paid', ['Open, late', 'Paid']],
		['Paid , "say ""hi"", now" ', ['Paid', 'say "hi", now']],
		['5" wide, x', ['5" wide', 'x']],
		['"half, open', ['"half', 'open']],
		['"a" b, c', ['"a" b', 'c']],
	])('are read from the text %s', (text, labels) => {
		expect(labelsFrom(text)).toEqual(labels);
	});

	it('are read from labels without repetitions and empty parts', () => {
		expect(labelsFrom(' Open, Paid ,,Open')).toEqual(['Open', 'Paid']);
		expect(labelsFrom('')).toEqual([]);
	});
});
