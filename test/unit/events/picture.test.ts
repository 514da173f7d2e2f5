import {
	diffFromPicture,
	maxPictures,
	pictureOf,
	withPictures,
} from '../../../nodes/events/picture';

const row = (more: object = {}) => ({
	id: 7,
	modified: '2026-05-04T09:12:31.402817Z',
	title: 'Bill',
	correspondent: 2,
	created: '2026-05-01',
	tags: [1, 2],
	notes: [{ id: 5 }],
	custom_fields: [{ field: 5, value: 'EUR12.80' }],
	...more,
});

describe('The picture of a document', () => {
	it('is small: it has no empty fields and no long values', () => {
		const picture = pictureOf(
			row({ owner: null, custom_fields: [{ field: 5, value: 'x'.repeat(5000) }] }),
		);

		expect(picture.fields).toEqual({ title: 'Bill', correspondent: 2, created: '2026-05-01' });
		expect(JSON.stringify(picture).length).toBeLessThan(400);
	});

	it('shows each kind of change', () => {
		const after = row({
			title: 'Paid',
			correspondent: null,
			owner: 3,
			tags: [2, 4],
			notes: [],
			custom_fields: [{ field: 6, value: null }],
		});

		expect(diffFromPicture(pictureOf(row()), after)).toEqual({
			fields: {
				title: { from: 'Bill', to: 'Paid' },
				correspondent: { from: 2, to: null },
				owner: { from: null, to: 3 },
			},
			lists: { tags: { added: [4], removed: [1] }, notes: { added: [], removed: [5] } },
			customFields: new Map([
				[5, { from: 'EUR12.80', to: null }],
				[6, { from: null, to: null }],
			]),
			facts: [],
			uncertain: [],
		});
	});

	it('shows no change if only the format of the date differs', () => {
		const { fields, lists, customFields } = diffFromPicture(
			pictureOf(row()),
			row({ created: '2026-05-01T00:00:00+02:00' }),
		);

		expect([fields, lists, customFields.size]).toEqual([{}, {}, 0]);
	});

	it('shows that a long value changed, without the earlier value', () => {
		const before = pictureOf(row({ custom_fields: [{ field: 5, value: 'x'.repeat(5000) }] }));
		const to = `${'x'.repeat(4999)}y`;

		expect(
			diffFromPicture(before, row({ custom_fields: [{ field: 5, value: to }] })).customFields,
		).toEqual(new Map([[5, { to }]]));
	});

	it('is kept for the documents that changed last', () => {
		const many = Array.from({ length: maxPictures + 10 }, (_, id) => pictureOf(row({ id })));
		const kept = withPictures(many, [pictureOf(row({ id: 0, title: 'Again' }))]);

		expect(kept).toHaveLength(maxPictures);
		expect(kept.at(-1)?.fields['title']).toBe('Again');
		expect(kept.map(({ id }) => id)).not.toContain(1);
	});
});
