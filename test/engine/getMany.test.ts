import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results, textFile } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const rows = (...values: object[]) => ({ rows: values });

describe.each(profiles)('Get Many on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const isOld = profile === '2.15.3';

	const change = async (id: number, values: object) =>
		await sandbox.api('PATCH', `documents/${id}/`, values);
	const view = async (name: string, filter_rules: object[], sorting: object = {}) =>
		await sandbox.api('POST', 'saved_views/', {
			name,
			filter_rules,
			sort_field: 'created',
			sort_reverse: true,
			show_on_dashboard: false,
			show_in_sidebar: false,
			...sorting,
		});

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		await sandbox.settings({ consumptionSeconds: 0 });
		const { results: fields } = await sandbox.api<{
			results: Array<{
				id: number;
				name: string;
				extra_data: { select_options?: Array<{ id: string; label: string }> };
			}>;
		}>('GET', 'custom_fields/?page_size=100');
		const done = fields
			.flatMap(({ extra_data }) => extra_data?.select_options ?? [])
			.find(({ label }) => label === 'Done');
		const instances = (values: Record<string, unknown>) =>
			Object.entries(values).map(([name, value]) => ({
				field: fields.find((field) => field.name === name)?.id,
				value,
			}));
		const { results: users } = await sandbox.api<{
			results: Array<{ id: number; username: string }>;
		}>('GET', 'users/');
		const user = (name: string) => users.find(({ username }) => username === name)?.id;
		await change(1, {
			tags: [],
			custom_fields: instances({ Reference: 'A-1', Amount: 'EUR12.50' }),
		});
		await change(3, { owner: null });
		await change(4, { tags: [3] });
		await change(5, {
			owner: user('clerk'),
			archive_serial_number: 99,
			set_permissions: { view: { users: [user('reader')], groups: [] } },
		});
		await change(6, {
			custom_fields: instances({
				Reference: 'C-1',
				'Web page': 'https://example.com/lease',
				Due: '2024-06-30',
				Paid: true,
				Pages: 12,
				Weight: 1.5,
				Amount: 'USD100.00',
				Related: [2],
				Status: done?.id,
			}),
		});
		await view('Tagged invoice', [{ rule_type: 6, value: '2' }]);
		await view('Title with e', [{ rule_type: 0, value: 'e' }], { sort_reverse: false });
		await view('Words', [{ rule_type: 20, value: 'water' }], { sort_field: null });
		await view('Paid', [{ rule_type: 42, value: '["Paid", "exact", true]' }]);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.forgetRequests());

	const found = async (parameters: object = {}, json?: object): Promise<unknown[]> =>
		(
			await results(
				engine,
				'getAll',
				{ returnAll: true, output: 'selected', selectedFields: ['title'], ...parameters },
				json ? { items: [{ json: json as Record<string, string> }] } : {},
			)
		).map(({ id }) => id);
	const sorted = (ids: unknown[]) => [...ids].map(Number).sort((a, b) => a - b);
	const direct = async (query: string) =>
		(
			await sandbox.api<{ count: number; results: Array<{ id: number }> }>(
				'GET',
				`documents/?page_size=1000&fields=id&${query}`,
			)
		).results.map(({ id }) => id);
	const asked = async () =>
		(await sandbox.requests())
			.filter(({ path }) => path === '/api/documents/')
			.map(({ query }) => new URLSearchParams(query));

	describe('filters by', () => {
		const text = (field: string, condition: string, words: string) => ({
			filters: { texts: rows({ field, condition, text: words }) },
		});
		const date = (field: string, condition: string, day: string) => ({
			filters: { dates: rows({ field, condition, date: day }) },
		});
		const partOfDate = (field: string, condition: string, number: number) => ({
			filters: { dates: rows({ field, condition, number }) },
		});
		const asn = (condition: string, number: number) => ({
			filters: { archiveSerialNumber: rows({ condition, number }) },
		});

		it.each<[string, object, string]>([
			['any tag', { filters: { anyTags: ['invoice', 'Household'] } }, 'tags__id__in=2,3'],
			['all tags', { filters: { allTags: ['invoice', 'Household'] } }, 'tags__id__all=2,3'],
			['no tag', { filters: { excludeTags: ['Inbox'] } }, 'tags__id__none=1'],
			['correspondent', { filters: { correspondents: [1] } }, 'correspondent__id__in=1'],
			[
				'other correspondents',
				{ filters: { excludeCorrespondents: 'City Library' } },
				'correspondent__id__none=2',
			],
			['document type', { filters: { documentTypes: ['Letter'] } }, 'document_type__id__in=2'],
			[
				'other document types',
				{ filters: { excludeDocumentTypes: [2] } },
				'document_type__id__none=2',
			],
			['storage path', { filters: { storagePaths: ['By year'] } }, 'storage_path__id__in=1'],
			[
				'other storage paths',
				{ filters: { excludeStoragePaths: ['by year'] } },
				'storage_path__id__none=1',
			],
			[
				'any custom field',
				{ filters: { anyCustomFields: ['Pages', 1] } },
				'custom_fields__id__in=5,1',
			],
			[
				'all custom fields',
				{ filters: { allCustomFields: 'Pages,1' } },
				'custom_fields__id__all=5,1',
			],
			[
				'no custom field',
				{ filters: { excludeCustomFields: ['Due'] } },
				'custom_fields__id__none=3',
			],
			['ids', { filters: { ids: '2, 4,6' } }, 'id__in=2,4,6'],
			['ids from an expression', { filters: { ids: '={{ [2, 4] }}' } }, 'id__in=2,4'],
			['file type', { filters: { mimeType: 'pdf' } }, 'mime_type=pdf'],
			['part of the title', text('title', 'icontains', 'RE'), 'title__icontains=RE'],
			['start of the title', text('title', 'istartswith', 'c'), 'title__istartswith=c'],
			['end of the title', text('title', 'iendswith', 'Card'), 'title__iendswith=Card'],
			['the whole title', text('title', 'iexact', 'TICKET'), 'title__iexact=TICKET'],
			['content', text('content', 'icontains', '900.00 EUR'), 'content__icontains=900.00%20EUR'],
			[
				'name of the correspondent',
				text('correspondent__name', 'istartswith', 'power'),
				'correspondent__name__istartswith=power',
			],
			[
				'name of the type',
				text('document_type__name', 'iexact', 'LETTER'),
				'document_type__name__iexact=LETTER',
			],
			[
				'name of the storage path',
				text('storage_path__name', 'iendswith', 'year'),
				'storage_path__name__iendswith=year',
			],
			[
				'original file name',
				text('original_filename', 'iendswith', '.png'),
				'original_filename__iendswith=.png',
			],
			[
				'text of custom fields',
				text('custom_fields', 'icontains', 'A-1'),
				'custom_fields__icontains=A-1',
			],
			['title or content', text('title_content', 'icontains', 'rent'), 'title_content=rent'],
			[
				'title, content or correspondent',
				text('search', 'icontains', 'library card'),
				'search=library%20card',
			],
			['created after', date('created', 'gt', '2024-06-21'), 'created__date__gt=2024-06-21'],
			[
				'created on or after, ignoring the time',
				date('created', 'gte', '2024-06-21T23:59:00-11:00'),
				'created__date__gte=2024-06-21',
			],
			['created before', date('created', 'lt', '2024-04-18'), 'created__date__lt=2024-04-18'],
			[
				'created on or before',
				date('created', 'lte', '2024-04-18'),
				'created__date__lte=2024-04-18',
			],
			[
				'created on',
				date('created', 'on', '2024-04-18'),
				'created__date__gte=2024-04-18&created__date__lte=2024-04-18',
			],
			['created in the year', partOfDate('created', 'year', 2023), 'created__year=2023'],
			['created in the month', partOfDate('created', 'month', 12), 'created__month=12'],
			['created on the day', partOfDate('created', 'day', 1), 'created__day=1'],
			['serial number', asn('is', 17), 'archive_serial_number=17'],
			['serial number above', asn('gt', 17), 'archive_serial_number__gt=17'],
			['serial number at least', asn('gte', 17), 'archive_serial_number__gte=17'],
			['serial number below', asn('lt', 99), 'archive_serial_number__lt=99'],
			['serial number at most', asn('lte', 99), 'archive_serial_number__lte=99'],
			[
				'several filters at once',
				{
					filters: {
						anyTags: ['Inbox'],
						hasOwner: true,
						...text('title', 'icontains', 'e').filters,
					},
				},
				'tags__id__in=1&owner__isnull=false&title__icontains=e',
			],
		])('%s, as the server does', async (_, parameters, query) => {
			const [own, servers, all] = [await found(parameters), await direct(query), await direct('')];

			expect(sorted(own)).toEqual(sorted([...new Set(servers)]));
			expect(own.length).toBeGreaterThan(0);
			expect(own.length).toBeLessThan(all.length);
		});

		it.each([
			['hasArchiveSerialNumber', [2, 5]],
			['hasCorrespondent', [1, 2]],
			['hasCustomFields', [1, 2, 6]],
			['hasDocumentType', [1, 2]],
			['hasOwner', [1, 2, 4, 5, 6]],
			['hasStoragePath', [4]],
			['hasTags', [2, 3, 4, 5, 6]],
			['inInbox', [2, 3, 5, 6]],
		])('%s both ways', async (name, having) => {
			const [yes, no] = [
				await found({ filters: { [name]: true } }),
				await found({ filters: { [name]: false } }),
			];

			expect(sorted(yes)).toEqual(having);
			expect(sorted([...yes, ...no])).toEqual([1, 2, 3, 4, 5, 6]);
		});

		it('owner, other owners, and the user who shares', async () => {
			expect(await found({ filters: { owners: ['clerk'] } })).toEqual([5]);
			expect(await found({ filters: { excludeOwners: ['admin'] } })).toEqual([3, 5]);
			expect(await found({ filters: { sharedBy: byName('clerk') } })).toEqual([5]);
		});

		it('a checksum', async () => {
			const { original_checksum } = await sandbox.api<{ original_checksum: string }>(
				'GET',
				'documents/2/metadata/',
			);

			const ids = await found(text('checksum', 'iexact', original_checksum.toUpperCase()));

			expect(ids).toEqual([2]);
		});

		it.each<[string, unknown]>([
			['a list of names', ['Power Company Ltd', 'City Library']],
			['a list of names and ids', ['Power Company Ltd', 2]],
			['a comma list of names and ids', 'power company ltd, 2'],
			['an expression with a list', '={{ [1, "City Library"] }}'],
			['an expression with names', '={{ $json.who }}'],
			['digits as text', ['1', '2']],
		])('correspondents given as %s', async (_, correspondents) => {
			const ids = await found({ filters: { correspondents } }, { who: 'City Library,1' });

			expect(sorted(ids)).toEqual([1, 2]);
		});

		it.each([
			['with an offset', 'gt', '2024-05-31T12:00:00+05:00', 'added__gt=2024-05-31T07:00:00.000Z'],
			['in UTC', 'lte', '2024-05-31T12:00:00Z', 'modified__lte=2024-05-31T12:00:00.000Z'],
			['in local summer', 'gte', '2024-05-31T12:00:00', 'added__gte=2024-05-31T10:00:00.000Z'],
			['in local winter', 'lt', '2024-01-31T12:00:00', 'added__lt=2024-01-31T11:00:00.000Z'],
			['without a time of day', 'gt', '2024-05-31', 'added__date__gt=2024-05-31'],
			[
				'from an expression',
				'gt',
				'={{ $now.set({ year: 2020 }).startOf("year") }}',
				'added__gt=2019-12-31T23:00:00.000Z',
			],
		])('a time %s', async (_, condition, value, expected) => {
			const [filter = '', wanted] = expected.split('=');
			const field = filter.split('__')[0] ?? '';

			const ids = await found(date(field, condition, value));

			const [query] = await asked();
			expect(query?.get(filter)).toBe(wanted);
			expect(ids).toHaveLength(/^gt/.test(condition) ? 6 : 0);
		});
	});

	describe('with conditions on custom fields', () => {
		const where = (field: string, operator: string, value = '') => ({ field, operator, value });
		const whereDate = (operator: string, date: string) => ({ field: 'Due', operator, date });
		const whereStatus = (choices: unknown) => ({ field: 'Status', operator: 'isAnyOf', choices });
		const group = (match: string, ...conditions: object[]) => ({
			match,
			conditions: rows(...conditions),
		});
		const matching = async (...groups: object[]) =>
			sorted(await found({ filters: { customFieldConditions: { groups } } }));

		it.each<[object, number[]]>([
			[where('Reference', 'equals', 'C-1'), [6]],
			[where('Reference', 'contains', '-1'), [1, 2, 6]],
			[where('Reference', 'startsWith', 'a'), [1]],
			[where('Reference', 'endsWith', '117'), [2]],
			[where('Reference', 'isOneOf', 'A-1, C-1'), [1, 6]],
			[where('Web page', 'contains', 'lease'), [6]],
			[whereDate('on', '2024-05-02'), [2]],
			[whereDate('after', '2024-05-02T10:00:00'), [6]],
			[whereDate('onOrBefore', '2024-05-02'), [2]],
			[where('Due', 'isBetween', '2024-05-01, 2024-05-31'), [2]],
			[where('Paid', 'isNo'), [2]],
			[where('Paid', 'isYes'), [6]],
			[where('Pages', 'lessThan', '13'), [6]],
			[where('Pages', 'greaterThanOrEqual', '13'), []],
			[where('Weight', 'lessThanOrEqual', '1.5'), [6]],
			[where('Amount', 'equals', 'EUR12.50'), [1]],
			[where('Amount', 'equals', '12.5'), [1]],
			[where('Amount', 'greaterThan', 'EUR100'), [2]],
			[where('Amount', 'greaterThanOrEqual', 'USD100.00'), [2, 6]],
			[where('Amount', 'isBetween', '10, EUR150'), [1, 6]],
			[where('Amount', 'isOneOf', 'EUR12.5, USD100'), [1, 6]],
			[where('Related', 'linksTo', '2'), [6]],
			[whereStatus('Done'), [6]],
			[whereStatus('Open, Done'), [2, 6]],
			[whereStatus(['Open', 'Done']), [2, 6]],
			[where('Status', 'isSet'), [2, 6]],
			[where('Pages', 'isNotSet'), [1, 2, 3, 4, 5]],
			[where('Due', 'isNotEmpty'), [2, 6]],
			[where('Due', 'isEmpty'), []],
		])('finds %j', async (condition, ids) => {
			expect(await matching(group('all', condition))).toEqual(ids);
		});

		it('finds documents that meet all, any or none of the conditions, and every group', async () => {
			const open = where('Paid', 'isNo');
			const large = where('Amount', 'greaterThan', '50');
			const first = where('1', 'contains', '-1');

			expect(await matching(group('all', open, large))).toEqual([2]);
			expect(await matching(group('any', open, large))).toEqual([2, 6]);
			expect(await matching(group('none', open, large))).toEqual([1, 3, 4, 5]);
			expect(await matching(group('any', open, first), group('none', large))).toEqual([1]);
		});

		it('accepts a JSON query, as text or from an expression, in addition to the groups', async () => {
			const paid = '["Paid", "isnull", false]';
			const large = group('all', where('Amount', 'greaterThan', '150'));

			expect(sorted(await found({ filters: { customFieldQuery: paid } }))).toEqual([2, 6]);
			expect(
				await found({ filters: { customFieldQuery: '={{ ["Paid", "exact", true] }}' } }),
			).toEqual([6]);
			expect(
				await found({
					filters: { customFieldQuery: paid, customFieldConditions: { groups: [large] } },
				}),
			).toEqual([2]);
		});
	});

	describe('with a saved view', () => {
		const savedView = (name: string, more: object = {}) => ({
			filters: { savedView: byName(name), ...more },
		});
		const titled = (text: string) => ({
			texts: rows({ field: 'title', condition: 'icontains', text }),
		});

		it('applies the rules of the view, and its order', async () => {
			expect(await found(savedView('Tagged invoice'))).toEqual([6, 2]);
			expect(await found(savedView('Title with e'))).toEqual([5, 2, 3, 6, 4]);
			expect(await found(savedView('Paid'))).toEqual([6]);
			expect(await found(savedView('Words'))).toEqual([4]);
		});

		it('accepts the ID of the view, and prefers the order set here', async () => {
			const { results: views } = await sandbox.api<{
				results: Array<{ id: number; name: string }>;
			}>('GET', 'saved_views/');
			const id = views.find(({ name }) => name === 'Tagged invoice')?.id;

			const ids = await found({
				filters: { savedView: byId(id) },
				sort: rows({ field: 'title', direction: 'descending' }),
			});

			expect(ids).toEqual([2, 6]);
		});

		it('combines the view with further filters', async () => {
			const both = await found(savedView('Tagged invoice', titled('lease')));
			const fields = await found({
				filters: { savedView: byName('Paid'), customFieldQuery: '["Paid", "exact", false]' },
			});

			expect(both).toEqual([6]);
			expect(fields).toEqual([]);
		});

		it('rejects a filter that contradicts the view', async () => {
			const rejection = await refusal(engine, 'getAll', savedView('Title with e', titled('x')));

			expect(rejection.message).toContain('is set twice');
			expect(rejection.description).toMatch(/“e”.*“x”.*saved view/);
			expect(await asked()).toEqual([]);
		});
	});

	describe('sorted', () => {
		it.each([
			'added',
			'archive_serial_number',
			'correspondent__name',
			'created',
			'document_type__name',
			'id',
			'modified',
			'num_notes',
			'owner',
			'page_count',
			'title',
		])('by %s, in both directions', async (field) => {
			const tie = field === 'id' ? '' : ',id';
			const backTie = field === 'id' ? '' : ',-id';

			expect(await found({ sort: rows({ field }) })).toEqual(
				await direct(`ordering=${field}${tie}`),
			);
			expect(await found({ sort: rows({ field, direction: 'descending' }) })).toEqual(
				await direct(`ordering=-${field}${backTie}`),
			);
		});

		it('by storage path, or names the version that this needs', async () => {
			const sort = rows({ field: 'storage_path__name', direction: 'descending' });

			if (isOld) {
				const rejection = await refusal(engine, 'getAll', { sort });
				expect(rejection.message).toBe(
					'Sorting by storage path needs Paperless-ngx 2.20.4 or later; this server is 2.15.3',
				);
			} else {
				const [first] = await found({ sort });
				expect(first).toBe(4);
			}
		});

		it.each(['Amount', '7'])('by the custom field %s', async (customField) => {
			const up = await found({ sort: rows({ field: 'customField', customField }) });
			const down = await found({
				sort: rows({ field: 'customField', customField, direction: 'descending' }),
			});

			expect(up.slice(0, 3)).toEqual([1, 6, 2]);
			expect(down.slice(0, 3)).toEqual([2, 6, 1]);
		});

		it('by several fields', async () => {
			const ids = await found({
				sort: rows(
					{ field: 'correspondent__name', direction: 'descending' },
					{ field: 'created', direction: 'descending' },
				),
			});

			expect(ids).toEqual(await direct('ordering=-correspondent__name,-created'));
		});

		it('by the latest date of creation if no order is given', async () => {
			expect(await found()).toEqual([4, 6, 3, 2, 1, 5]);
		});
	});

	describe('searching', () => {
		let texts: Record<string, unknown>;
		beforeAll(async () => {
			const contents = {
				a: 'apple banana plain words',
				b: 'banana apple plain words',
				c: 'the author’s (draft) apple and star - dash AND banana-split c++ 3.50',
				d: 'cherry alone with über Käse',
			};
			const items = await Promise.all(
				Object.entries(contents).map(
					async ([name, text]) => await textFile(engine, text, `${name}.txt`),
				),
			);
			const uploaded = await results(engine, 'upload', {}, { items });
			texts = Object.fromEntries(
				uploaded.map(({ id, file_name }) => [id, String(file_name).slice(0, 1)]),
			);
		});

		const hits = async (searchMode: string, searchText: string, more: object = {}) =>
			(await found({ searchMode, searchText, ...more })).map((id) => texts[String(id)] ?? id);

		it.each([
			['allWords', 'apple banana', 'abc'],
			['allWords', 'BANANA  apple', 'abc'],
			['allWords', 'apple cherry', ''],
			['allWords', 'apple AND banana', 'abc'],
			['allWords', 'apple NOT banana', 'abc'],
			['allWords', 'apple OR cherry', ''],
			['allWords', '"apple banana"', 'abc'],
			['allWords', '-apple banana', 'abc'],
			['allWords', '(apple banana', 'abc'],
			['allWords', 'apple*', 'abc'],
			['allWords', 'apple [ ~ ^2 \\', 'abc'],
			['allWords', 'author’s', 'c'],
			['allWords', "author's", 'c'],
			['allWords', 'the author', 'c'],
			['allWords', 'dash AND banana-split', 'c'],
			['allWords', 'star* -', 'c'],
			['allWords', 'title:apple', ''],
			['anyWord', 'apple cherry', 'abcd'],
			['anyWord', 'cherry 3.50', 'cd'],
			['anyWord', 'nowhere', ''],
			['exactPhrase', 'apple banana', 'a'],
			['exactPhrase', '"apple banana"', 'a'],
			['exactPhrase', 'banana apple', 'b'],
			['exactPhrase', 'star - dash', 'c'],
			['exactPhrase', 'alone with über', 'd'],
			['exactPhrase', 'über Käse', 'd'],
		])('%s “%s” means the same on every server', async (mode, text, expected) => {
			expect((await hits(mode, text)).sort().join('')).toBe(expected);
		});

		it('sends a Paperless query unchanged', async () => {
			await hits('paperlessQuery', ' title:lease OR (tag:invoice AND type:Invoice) ');

			const [query] = await asked();
			expect(query?.get('query')).toBe('title:lease OR (tag:invoice AND type:Invoice)');
			expect(sorted(await hits('paperlessQuery', 'title:lease OR correspondent:library'))).toEqual([
				1, 6,
			]);
		});

		it('returns the score and the text around a hit without HTML', async () => {
			const [hit] = await results(engine, 'getAll', {
				searchMode: 'allWords',
				searchText: 'cherry',
			});

			expect(hit).toMatchObject({
				search_score: expect.any(Number),
				search_highlights: expect.stringContaining('cherry'),
			});
			expect(String(hit?.search_highlights)).not.toContain('<');
		});

		it('can be combined with filters and sorted by one field', async () => {
			const filtered = await hits('anyWord', 'apple cherry', {
				filters: { texts: rows({ field: 'title', condition: 'iexact', text: 'b' }) },
			});
			const byTitle = await hits('anyWord', 'apple cherry', {
				sort: rows({ field: 'title', direction: 'descending' }),
			});

			expect(filtered).toEqual(['b']);
			expect(byTitle).toEqual(['d', 'c', 'b', 'a']);
		});

		it('returns the similar documents that the server finds', async () => {
			const [id] = Object.keys(texts);

			const similar = await found({ searchMode: 'similar', similarTo: id });

			expect(similar).toEqual(await direct(`more_like_id=${id}`));
			expect(similar).not.toContain(Number(id));
		});
	});
});

describe.each(profiles)('Get Many of a large archive on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);

	beforeAll(async () => {
		await sandbox.seed({ documents: 2_500, correspondents: 40, tags: 3, contentLength: 600 });
		await engine.pick('searchDocuments');
	});
	beforeEach(async () => await sandbox.forgetRequests());

	const counted = async () => {
		const counts: Record<string, number> = {};
		for (const { path } of await sandbox.requests()) counts[path] = (counts[path] ?? 0) + 1;
		return counts;
	};

	it('returns everything once and in order, with one request per page and per kind of name', async () => {
		const all = await results(engine, 'getAll', {
			returnAll: true,
			sort: rows({ field: 'id', direction: 'ascending' }),
		});

		expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 2_506 }, (_, at) => at + 1));
		expect(await counted()).toEqual({
			'/api/documents/': 3,
			'/api/correspondents/': 1,
			'/api/document_types/': 1,
			'/api/storage_paths/': 1,
			'/api/tags/': 1,
			'/api/custom_fields/': 1,
		});
	});

	it.each([
		[1, 1],
		[50, 1],
		[1_000, 1],
		[1_500, 2],
		[9_999, 3],
	])('returns %d documents at most, with %d requests', async (limit, pages) => {
		const some = await results(engine, 'getAll', { limit, output: 'selected' });

		expect(some).toHaveLength(Math.min(limit, 2_506));
		expect(await counted()).toEqual({ '/api/documents/': pages });
	});

	it('requests each name once for all items, even if filters use them', async () => {
		await results(
			engine,
			'getAll',
			{
				limit: 2,
				filters: { correspondents: '={{ $json.name }}', anyTags: ['Tag 1', 'Tag 2'] },
				output: 'raw',
			},
			{
				items: ['Correspondent 1', 'Correspondent 2', 'Correspondent 3'].map((name) => ({
					json: { name },
				})),
			},
		);

		expect(await counted()).toMatchObject({
			// One of them is for the hint that filters match everything.
			'/api/documents/': 4,
			'/api/correspondents/': 3,
			// From 3.0.1 on a list of tags is slow, whatever is asked of it.
			[profile === '3.0.5' ? '/api/search/' : '/api/tags/']: 2,
		});
	});

	it('transfers content only on request, up to the requested length', async () => {
		const [without] = await results(engine, 'getAll', { limit: 1 });
		const [raw] = await results(engine, 'getAll', { limit: 1, output: 'raw' });
		const [asked] = await results(engine, 'getAll', {
			limit: 1,
			options: { includeContent: true, contentMaxLength: 20 },
		});
		const [whole] = await results(engine, 'getAll', {
			limit: 1,
			options: { includeContent: true },
		});

		expect(without).not.toHaveProperty('content');
		expect(raw).not.toHaveProperty('content');
		expect(asked?.content).toHaveLength(20);
		expect(String(whole?.content).length).toBeGreaterThanOrEqual(600);
	});

	it('returns documents that the server repeats once, and as many as requested', async () => {
		const filter = {
			filters: { texts: rows({ field: 'tags__name', condition: 'icontains', text: 'in' }) },
		};
		const { count } = await sandbox.api<{ count: number }>(
			'GET',
			'documents/?tags__name__icontains=in&page_size=1',
		);

		const all = await results(engine, 'getAll', { ...filter, returnAll: true, output: 'selected' });
		const three = await results(engine, 'getAll', { ...filter, limit: 3, output: 'selected' });

		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(count > all.length).toBe(profile === '3.0.5');
		expect(three.map(({ id }) => id)).toEqual(all.slice(0, 3).map(({ id }) => id));
	});
});
