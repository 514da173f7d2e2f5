import { PaperlessError } from '../../../nodes/api/errors';
import { asksForLinks, withoutLinkConditions } from '../../../nodes/api/asksForLinks';
import { refusalOf } from '../../support/fakeTransport.mts';

const documents = [
	{
		id: 4,
		custom_fields: [
			{ field: 7, value: [10] },
			{ field: 2, value: 'text' },
		],
	},
	{
		id: 5,
		custom_fields: [
			{ field: 7, value: [10, 11, 12] },
			{ field: 9, value: [6] },
		],
	},
	{
		id: 6,
		custom_fields: [
			{ field: 7, value: [11, 12, 13] },
			{ field: 9, value: null },
		],
	},
	{ id: 8, custom_fields: [{ field: 7, value: null }] },
];
const resolved = async (query: unknown, more: Record<string, string> = {}, most = 500) =>
	await withoutLinkConditions(
		{ ...more, custom_field_query: JSON.stringify(query) },
		async (ids) => documents.filter(({ id }) => ids.includes(id)),
		most,
	);
const links = (...targets: number[]) => [7, 'contains', targets];

describe('A condition on links that every server answers', () => {
	it.each([[links(4)], [links(99)], [['OR', [links(4), [1, 'exact', true]]]]])(
		'is sent as it is: %j',
		async (query) => {
			expect(await resolved(query)).toEqual({ custom_field_query: JSON.stringify(query) });
		},
	);
});

describe('A condition on links that older servers answer wrongly', () => {
	it('is recognized anywhere in a query', () => {
		const asks = (query: unknown) => asksForLinks({ custom_field_query: JSON.stringify(query) });

		expect(
			asks([
				'OR',
				[
					[1, 'exact', 2],
					['NOT', links(5)],
				],
			]),
		).toBe(true);
		expect(asks([7, 'exact', [5]])).toBe(false);
		expect(asksForLinks({})).toBe(false);
	});

	it.each([
		['one target', ['AND', [links(5)]], { id__in: '10,11,12' }],
		['several targets', links(5, 6), { id__in: '11,12' }],
		['a target without links', links(8), { id__in: '0' }],
		['a group of one', ['OR', [links(6)]], { id__in: '11,12,13' }],
		[
			'a condition beside it',
			[
				'AND',
				[
					['AND', [links(5)]],
					['OR', [[1, 'exact', true]]],
				],
			],
			{ id__in: '10,11,12', custom_field_query: '["AND",[["OR",[[1,"exact",true]]]]]' },
		],
	])('is answered from the links back, for %s', async (_, query, sent) => {
		expect(await resolved(query)).toEqual(sent);
	});

	it('is combined with a filter by ids', async () => {
		expect(await resolved(links(5), { id__in: '12,13', title: 'a' })).toEqual({
			id__in: '12',
			title: 'a',
		});
	});

	it('is rejected where it is one of several alternatives', async () => {
		const query = ['OR', [links(5), [1, 'exact', true]]];

		const refusal = await refusalOf(resolved(query), PaperlessError);

		expect(refusal.message).toBe('This server cannot answer “Links To” in this place');
		expect(refusal.description).toContain('All Conditions');
	});

	it('is rejected where it allows more documents than a request can name', async () => {
		const refusal = await refusalOf(resolved(links(5), {}, 2), PaperlessError);

		expect(refusal.message).toBe('3 documents link to the given ones');
	});
});
