import { forgetServers } from '../../../../nodes/api/connection';
import { PaperlessError } from '../../../../nodes/api/errors';
import type { HttpRequest } from '../../../../nodes/api/httpTransport';
import { filtersParameter } from '../../../../nodes/documents/filters/filtersParameter';
import { filtersFrom } from '../../../../nodes/documents/filters/filtersFrom';
import { readParameters } from '../../../../nodes/toolkit/readParameters';
import { contextOn } from '../../../support/context.mts';
import { FakeTransport, page, refusalOf } from '../../../support/fakeTransport.mts';

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
	const values = readParameters([filtersParameter], (name, fallback) => given[name] ?? fallback);
	const transport = new FakeTransport(({ path }: HttpRequest) => page(lists[path] ?? []));
	return await filtersFrom(contextOn(transport), values.filters);
}

const query = async (given: Record<string, unknown>) => (await filters(given)).query;
const row = (name: string, fields: Record<string, unknown>) => ({
	filters: { [name]: { rows: [fields] } },
});
const text = (field: string, condition: string, words: string) =>
	row('texts', { field, condition, text: words });
const date = (field: string, condition: string, day: string) =>
	row('dates', { field, condition, date: day });
const serialNumber = (condition: string, number: unknown) =>
	row('archiveSerialNumber', { condition, number });

describe('A filter', () => {
	it.each([
		['tags by name', { filters: { allTags: ['Invoice', 4] } }, { tags__id__all: '3,4' }],
		[
			'any of several tags in a text',
			{ filters: { anyTags: 'Invoice, paid' } },
			{ tags__id__in: '3,4' },
		],
		['excluded tags', { filters: { excludeTags: [3] } }, { tags__id__none: '3' }],
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
		['any tag', { filters: { hasTags: true } }, { is_tagged: 'true' }],
		['the inbox', { filters: { inInbox: false } }, { is_in_inbox: 'false' }],
		['ids in a text', { filters: { ids: '12, 34' } }, { id__in: '12,34' }],
		['ids in the text of a list', { filters: { ids: '["12", 34]' } }, { id__in: '12,34' }],
		[
			'a file type',
			{ filters: { mimeType: ' application/pdf ' } },
			{ mime_type: 'application/pdf' },
		],
		[
			'the user who shares',
			{ filters: { sharedBy: { mode: 'name', value: 'clara' } } },
			{ shared_by__id: '6' },
		],
		['part of the title', text('title', 'icontains', ' fee '), { title__icontains: 'fee' }],
		['title or content', text('title_content', 'icontains', 'fee'), { title_content: 'fee' }],
		[
			'the value of a field',
			text('custom_fields', 'icontains', 'x'),
			{ custom_fields__icontains: 'x' },
		],
		['a name', text('correspondent__name', 'iexact', 'x'), { correspondent__name__iexact: 'x' }],
		[
			'a year',
			row('dates', { field: 'created', condition: 'year', number: 2024 }),
			{ created__year: '2024' },
		],
		[
			'a day',
			date('added', 'on', '2024-05-31'),
			{ added__date__gte: '2024-05-31', added__date__lte: '2024-05-31' },
		],
		[
			'the month before this one',
			{ filters: { createdIn: 'previousMonth' } },
			{ created__date__gte: '1969-12-01', created__date__lte: '1969-12-31' },
		],
		[
			'the last days',
			row('dates', { field: 'added', condition: 'lastDays', number: 7 }),
			{ added__date__gte: '1969-12-25', added__date__lte: '1970-01-01' },
		],
		[
			'a date of the document, without its time',
			date('created', 'gte', '2024-05-31T10:00:00'),
			{ created__date__gte: '2024-05-31' },
		],
		['the day of adding', date('added', 'gt', '2024-05-31'), { added__date__gt: '2024-05-31' }],
		[
			'the time of adding in the workflow’s time zone',
			date('added', 'gte', '2024-05-31T12:00:00'),
			{ added__gte: '2024-05-31T10:00:00.000Z' },
		],
		['a number', serialNumber('is', 12), { archive_serial_number: '12' }],
		['a range of numbers', serialNumber('gte', '12'), { archive_serial_number__gte: '12' }],
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
		['no condition', {}, {}],
	])('for %s is sent in the server’s words', async (_, given, sent) => {
		expect(await query(given)).toEqual(sent);
	});

	it.each([
		['an empty list of tags', { filters: { anyTags: [] } }, 'is empty'],
		['an unknown tag', { filters: { anyTags: ['Invoce'] } }, 'There is no tag “Invoce”'],
		['an unknown id of a tag', { filters: { anyTags: [99] } }, 'no tag with the ID 99'],
		['an empty text', text('title', 'icontains', ' '), 'is empty'],
		['an empty file type', { filters: { mimeType: '' } }, 'is empty'],
		['no ids', { filters: { ids: ' ' } }, 'is empty'],
		['invalid ids', { filters: { ids: '12;34' } }, '“IDs” takes document IDs'],
		['commas without ids', { filters: { ids: ',' } }, '“IDs” takes document IDs'],
		[
			'no days at all',
			row('dates', { field: 'created', condition: 'lastDays', number: 0 }),
			'is not a number of days',
		],
		['an empty date', date('added', 'gt', ''), 'is empty'],
		['an invalid date', date('added', 'gt', 'soon'), 'is not a date'],
		[
			'an invalid year',
			row('dates', { field: 'created', condition: 'year', number: 24 }),
			'is not a year',
		],
		[
			'a comparison that the field does not support',
			text('title_content', 'iexact', 'x'),
			'only be searched by “Contains”',
		],
		['a query that is not JSON', { filters: { customFieldQuery: '[Paid]' } }, 'is not readable'],
		['a query that is not a list', { filters: { customFieldQuery: '{}' } }, 'is not readable'],
		['an empty query', { filters: { customFieldQuery: ' ' } }, 'is empty'],
		[
			'a user who does not exist',
			{ filters: { sharedBy: { mode: 'name', value: 'nobody' } } },
			'There is no user “nobody”',
		],
	])(
		'for %s is rejected, because the server would let every document pass',
		async (_, given, words) => {
			const refusal = await refusalOf(filters(given), PaperlessError);

			expect(refusal.message).toContain(words);
		},
	);

	it('that contradicts another is rejected, because the server takes the last one', async () => {
		const rows = [
			{ field: 'title', condition: 'icontains', text: 'a' },
			{ field: 'title', condition: 'icontains', text: 'b' },
		];

		const refusal = await refusalOf(filters({ filters: { texts: { rows } } }), PaperlessError);

		expect(refusal.message).toBe('The filter “title__icontains” is set twice');
	});

	it('may be repeated with the same value', async () => {
		const rows = [
			{ field: 'title', condition: 'icontains', text: 'a' },
			{ field: 'title', condition: 'icontains', text: 'a' },
		];

		expect(await query({ filters: { texts: { rows } } })).toEqual({ title__icontains: 'a' });
	});
});

describe('A saved view', () => {
	const savedView = { mode: 'name', value: 'Open' };

	it('adds its filters and its order', async () => {
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

	it('combines its custom fields with those given here', async () => {
		const sent = await query({
			filters: {
				savedView,
				customFieldQuery: '[7,"exists",true]',
				customFieldConditions: {
					groups: [
						{
							match: 'all',
							conditions: { rows: [{ field: 'Paid', operator: 'isNotEmpty', value: '' }] },
						},
					],
				},
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

	it('that contradicts a filter is rejected', async () => {
		const refusal = await refusalOf(
			filters({ filters: { savedView, inInbox: false } }),
			PaperlessError,
		);

		expect(refusal.description).toContain('a saved view may have set it');
	});
});
