import {
	fieldsAfterwards,
	splitFields,
} from '../../../../nodes/PaperlessNgx/resources/document/upload/planUploads';

type Fields = Parameters<typeof splitFields>[0];

const split = (fields: Partial<Fields>, takesCustomFields = true) =>
	splitFields(
		{ patch: {}, tags: [], customFields: {}, permissions: undefined, note: '', ...fields },
		{ takesCustomFields },
	);

describe('The fields of an upload', () => {
	it('are carried by the upload as far as the server accepts them', () => {
		const { draft, afterwards } = split({
			patch: { title: 'Gas', correspondent: 3 },
			tags: [1],
			customFields: { 5: true },
		});

		expect(draft).toEqual({
			title: 'Gas',
			correspondent: 3,
			tags: [1],
			custom_fields: { 5: true },
		});
		expect(fieldsAfterwards({ afterwards })).toEqual([]);
	});

	it('are set afterwards if the upload cannot carry them', () => {
		const { draft, afterwards } = split(
			{
				patch: { owner: 3 },
				customFields: { 5: true },
				permissions: { view: { users: [4] } },
				note: 'Seen',
			},
			false,
		);

		expect(draft).toEqual({});
		expect(afterwards.changes).toEqual({
			owner: 3,
			set_permissions: { view: { users: [4] } },
			custom_fields: [{ field: 5, value: true }],
		});
		expect(fieldsAfterwards({ afterwards })).toEqual([
			'owner',
			'set_permissions',
			'custom_fields',
			'note',
		]);
	});

	it('include document links afterwards, because an upload makes no links back', () => {
		const { draft, afterwards } = splitFields(
			{ patch: {}, tags: [], customFields: { 5: true, 6: [12] }, permissions: undefined, note: '' },
			{ takesCustomFields: true, linkFields: [6] },
		);

		expect(draft).toEqual({ custom_fields: { 5: true } });
		expect(afterwards.changes).toEqual({ custom_fields: [{ field: 6, value: [12] }] });
	});

	it.each([
		['has braces', 'Plan {A}'],
		['has more than 127 characters', 'x'.repeat(128)],
	])('include a title afterwards if it %s', (_, title) => {
		const { draft, afterwards } = split({ patch: { title } });

		expect(draft).toEqual({});
		expect(afterwards.changes).toEqual({ title });
	});
});
