import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import type { HttpRequest } from '../../../nodes/api/httpTransport';
import { filterParameters } from '../../../nodes/documents/filterParameters';
import { filtersFrom } from '../../../nodes/documents/filters';
import { readParameters } from '../../../nodes/toolkit/readParameters';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const lists: Record<string, unknown[]> = {
	'api/tags/': [
		{ id: 3, name: 'Invoice' },
		{ id: 4, name: 'Paid' },
	],
	'api/correspondents/': [{ id: 5, name: 'Water Works' }],
	'api/users/': [{ id: 6, username: 'clara' }],
	'api/custom_fields/': [{ id: 7, name: 'Paid', data_type: 'boolean' }],
	'api/saved_views/': [
		{
			id: 8,
			name: 'Open',
			sort_field: 'title',
			sort_reverse: true,
			filter_rules: [
				{ rule_type: 5, value: 'true' },
				{ rule_type: 42, value: '["Paid","exact",false]' },
			],
		},
	],
};

async function filters(given: Record<string, unknown>) {
	const values = readParameters(filterParameters, (name, fallback) => given[name] ?? fallback);
	const transport = new FakeTransport(({ path }: HttpRequest) => page(lists[path] ?? []));
	return await filtersFrom(contextOn(transport), values);
}

const query = async (given: Record<string, unknown>) => (await filters(given)).query;
const row = (name: string, field: string, condition: string, value: unknown) => ({
	[name]: { rows: [{ field, condition, value }] },
});

describe('A filter', () => {
	it.each([
		['tags by name', { filters: { allTags: ['Invoice', 4] } }, { tags__id__all: '3,4' }],
		[
			'any of several tags in a text',
			{ filters: { anyTags: 'Invoice, paid' } },
			{ tags__id__in: '3,4' },
		],
		['tags that are not there', { filters: { excludeTags: [3] } }, { tags__id__none: '3' }],
		[
			'correspondents',
			{ filters: { correspondents: 'Water Works' } },
			{ correspondent__id__in: '5' },
		],
		['owners', { filters: { owners: ['clara'] } }, { owner__id__in: '6' }],
		[
			'fields that are set',
			{ filters: { anyCustomFields: ['Paid'] } },
			{ custom_fields__id__in: '7' },
		],
		[
			'a missing correspondent',
			{ filters: { hasCorrespondent: false } },
			{ correspondent__isnull: 'true' },
		],
		[
			'a correspondent',
			{ filters: { hasCorrespondent: true } },
			{ correspondent__isnull: 'false' },
		],
		['tags at all', { filters: { hasTags: true } }, { is_tagged: 'true' }],
		['the inbox', { filters: { inInbox: false } }, { is_in_inbox: 'false' }],
		['ids in a text', { filters: { ids: '12, 34' } }, { id__in: '12,34' }],
		['ids in the text of a list', { filters: { ids: '["12", 34]' } }, { id__in: '12,34' }],
		[
			'a type of file',
			{ filters: { mimeType: ' application/pdf ' } },
			{ mime_type: 'application/pdf' },
		],
		[
			'a user who shares',
			{ filters: { sharedBy: { mode: 'name', value: 'clara' } } },
			{ shared_by__id: '6' },
		],
		[
			'a part of the title',
			row('textFilters', 'title', 'icontains', ' fee '),
			{ title__icontains: 'fee' },
		],
		[
			'title or content',
			row('textFilters', 'title_content', 'icontains', 'fee'),
			{ title_content: 'fee' },
		],
		[
			'the value of a field',
			row('textFilters', 'custom_fields', 'icontains', 'x'),
			{ custom_fields__icontains: 'x' },
		],
		[
			'a name',
			row('textFilters', 'correspondent__name', 'iexact', 'x'),
			{ correspondent__name__iexact: 'x' },
		],
		['a year', row('dateFilters', 'created', 'year', 2024), { created__year: '2024' }],
		[
			'a day',
			row('dateFilters', 'added', 'on', '2024-05-31'),
			{ added__date__gte: '2024-05-31', added__date__lte: '2024-05-31' },
		],
		[
			'a date of the document, without its time',
			row('dateFilters', 'created', 'gte', '2024-05-31T10:00:00'),
			{ created__date__gte: '2024-05-31' },
		],
		[
			'a day of adding',
			row('dateFilters', 'added', 'gt', '2024-05-31'),
			{ added__date__gt: '2024-05-31' },
		],
		[
			'a time of adding in the workflow’s zone',
			row('dateFilters', 'added', 'gte', '2024-05-31T12:00:00'),
			{ added__gte: '2024-05-31T10:00:00.000Z' },
		],
		[
			'a number',
			row('numberFilters', 'archive_serial_number', 'is', 12),
			{ archive_serial_number: '12' },
		],
		[
			'a range of numbers',
			row('numberFilters', 'archive_serial_number', 'gte', '12'),
			{ archive_serial_number__gte: '12' },
		],
		[
			'a query in JSON',
			{ filters: { customFieldQuery: '["Paid","exact",false]' } },
			{ custom_field_query: '["Paid","exact",false]' },
		],
		[
			'a query that an expression yields',
			{ filters: { customFieldQuery: ['Paid', 'exact', false] } },
			{ custom_field_query: '["Paid","exact",false]' },
		],
		['nothing', {}, {}],
	])('for %s is sent in the words of the server', async (_, given, sent) => {
		expect(await query(given)).toEqual(sent);
	});

	it.each([
		['an empty list of tags', { filters: { anyTags: [] } }, 'is empty'],
		['an unknown tag', { filters: { anyTags: ['Invoce'] } }, 'There is no tag “Invoce”'],
		['an unknown id of a tag', { filters: { anyTags: [99] } }, 'no tag with the ID 99'],
		['an empty text', row('textFilters', 'title', 'icontains', ' '), 'is empty'],
		['an empty type of file', { filters: { mimeType: '' } }, 'is empty'],
		['no ids', { filters: { ids: ' ' } }, 'is empty'],
		['odd ids', { filters: { ids: '12;34' } }, '“IDs” takes document IDs'],
		['lonely commas', { filters: { ids: ',' } }, '“IDs” takes document IDs'],
		['an empty date', row('dateFilters', 'added', 'gt', ''), 'is empty'],
		['an odd date', row('dateFilters', 'added', 'gt', 'soon'), 'is not a date'],
		['an odd year', row('dateFilters', 'created', 'year', 'last'), 'is not a year'],
		[
			'a comparison that the field does not know',
			row('textFilters', 'title_content', 'iexact', 'x'),
			'only be searched by “Contains”',
		],
		['a query that is no JSON', { filters: { customFieldQuery: '[Paid]' } }, 'is not readable'],
		['a query that is no list', { filters: { customFieldQuery: '{}' } }, 'is not readable'],
		['an empty query', { filters: { customFieldQuery: ' ' } }, 'is empty'],
		[
			'a user who does not exist',
			{ filters: { sharedBy: { mode: 'name', value: 'nobody' } } },
			'There is no user “nobody”',
		],
	])('for %s is refused, since the server would let everything pass', async (_, given, words) => {
		const refusal = await refusalOf(filters(given), PaperlessError);

		expect(refusal.message).toContain(words);
	});

	it('that contradicts another is refused, since the server takes the last one', async () => {
		const rows = [
			{ field: 'title', condition: 'icontains', value: 'a' },
			{ field: 'title', condition: 'icontains', value: 'b' },
		];

		const refusal = await refusalOf(filters({ textFilters: { rows } }), PaperlessError);

		expect(refusal.message).toBe('The filter “title__icontains” is set twice');
	});

	it('may be repeated when it says the same', async () => {
		const rows = [
			{ field: 'title', condition: 'icontains', value: 'a' },
			{ field: 'title', condition: 'icontains', value: 'a' },
		];

		expect(await query({ textFilters: { rows } })).toEqual({ title__icontains: 'a' });
	});
});

describe('A saved view', () => {
	const savedView = { mode: 'name', value: 'Open' };

	it('brings its filters and its sorting', async () => {
		expect(await filters({ filters: { savedView } })).toEqual({
			query: { is_in_inbox: 'true', custom_field_query: '["Paid","exact",false]' },
			ordering: '-title',
		});
	});

	it('is narrowed by further filters', async () => {
		expect(await query({ filters: { savedView, anyTags: [3] } })).toMatchObject({
			is_in_inbox: 'true',
			tags__id__in: '3',
		});
	});

	it('joins its custom fields with those that are asked for here', async () => {
		const sent = await query({
			filters: { savedView, customFieldQuery: '[7,"exists",true]' },
			customFieldFilters: {
				groups: [
					{
						match: 'all',
						conditions: { rows: [{ field: 'Paid', operator: 'isNotEmpty', value: '' }] },
					},
				],
			},
		});

		expect(JSON.parse(sent.custom_field_query ?? '')).toEqual([
			'AND',
			[
				[7, 'exists', true],
				['AND', [[7, 'isnull', false]]],
				['Paid', 'exact', false],
			],
		]);
	});

	it('that contradicts a filter is refused', async () => {
		const refusal = await refusalOf(
			filters({ filters: { savedView, inInbox: false } }),
			PaperlessError,
		);

		expect(refusal.description).toContain('a saved view may have set it');
	});
});
