import { withoutEmpty } from '../../../nodes/toolkit/withoutEmpty';

describe('The output for an AI agent', () => {
	it('has no empty values at any depth', () => {
		expect(
			withoutEmpty({
				id: 1,
				title: '',
				correspondent: null,
				tags: [],
				custom_fields: { Paid: false, Amount: null },
				versions: [{ id: 2, label: '' }],
				notes: {},
			}),
		).toEqual({ id: 1, custom_fields: { Paid: false }, versions: [{ id: 2 }] });
	});

	it('keeps zero and false, which are information', () => {
		expect(withoutEmpty({ count: 0, is_inbox_tag: false })).toEqual({
			count: 0,
			is_inbox_tag: false,
		});
	});

	it('keeps the positions in a list', () => {
		expect(withoutEmpty({ values: [null, 'b'] })).toEqual({ values: [null, 'b'] });
	});
});
