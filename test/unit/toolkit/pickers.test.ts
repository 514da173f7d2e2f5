import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessNgx } from '../../../nodes/PaperlessNgx/PaperlessNgx.node';
import { PaperlessNgxTrigger } from '../../../nodes/PaperlessNgxTrigger/PaperlessNgxTrigger.node';
import { PaperlessNgxWebhookTrigger } from '../../../nodes/PaperlessNgxWebhookTrigger/PaperlessNgxWebhookTrigger.node';
import { conditionLists } from '../../../nodes/toolkit/conditionLists';
import { customFieldOperators } from '../../../nodes/api/customFieldOperators';
import { isLabelOf } from '../../../nodes/toolkit/labelWithHint';
import { listSearch, loadOptions, resourceMapping } from '../../../nodes/toolkit/pickers';
import type { FakeNode } from '../../support/fakeNode.mts';
import { fakeNode } from '../../support/fakeNode.mts';
import { json, page, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const start = (answer: FakeNode['answer'], chosenField: unknown = 7) => {
	const { node, sent } = fakeNode({ ...(answer && { answer }) });
	return {
		sent,
		node: { ...node, getCurrentNodeParameter: () => chosenField } as ILoadOptionsFunctions,
	};
};

const named = (count: number, from = 1) =>
	Array.from({ length: count }, (_, index) => ({ id: from + index, name: `Name ${from + index}` }));

describe('A searchable list', () => {
	it('is one page of the server’s results, with the ids as values', async () => {
		const { node, sent } = start(() => page([{ id: 5, name: 'Water Works' }]));

		expect(await listSearch.searchCorrespondents.call(node, 'wat')).toEqual({
			results: [
				{
					name: 'Water Works',
					value: '5',
					url: 'https://paperless.test/documents?correspondent__id__in=5',
				},
			],
		});
		expect(sent).toMatchObject([
			{
				url: 'https://paperless.test/api/correspondents/',
				qs: { name__icontains: 'wat', ordering: 'name', page: '1', page_size: '100' },
			},
		]);
	});

	it('continues with the next page on scrolling', async () => {
		const { node, sent } = start(({ qs }) => page(named(1), { next: qs?.page === '2' }));

		expect(await listSearch.searchTags.call(node, undefined, '2')).toMatchObject({
			paginationToken: '3',
		});
		expect(await listSearch.searchTags.call(node, undefined, '3')).not.toHaveProperty(
			'paginationToken',
		);
		expect(sent[0]?.qs).toMatchObject({ page: '2' });
	});

	it('of documents shows title, date and id, and does not request the text', async () => {
		const { node, sent } = start(() =>
			page([
				{ id: 3, title: 'Fee', created: '2024-05-31T00:00:00+02:00' },
				{ id: 4, title: '', created: '2024-06-01' },
			]),
		);

		expect((await listSearch.searchDocuments.call(node, 'fee')).results).toEqual([
			{ name: 'Fee (2024-05-31, #3)', value: '3', url: 'https://paperless.test/documents/3' },
			{ name: 'Untitled (2024-06-01, #4)', value: '4', url: 'https://paperless.test/documents/4' },
		]);
		expect(sent[0]?.qs).toMatchObject({ fields: 'id,title,created,correspondent', search: 'fee' });
	});

	it('of documents links to the public URL where the credential has one', async () => {
		const { node } = fakeNode({
			answer: () => page([{ id: 3, title: 'Fee', created: '2024-05-31' }]),
			credentials: {
				baseUrl: 'http://paperless:8000',
				apiToken: 'secret-token',
				publicUrl: ' https://docs.example.com/archive/ ',
			},
		});

		const found = await listSearch.searchDocuments.call(node as ILoadOptionsFunctions);

		expect(found.results[0]?.url).toBe('https://docs.example.com/archive/documents/3');
	});

	it('is searched by the node where the server cannot search', async () => {
		const { node, sent } = start(() =>
			page([
				{ id: 3, username: 'clara' },
				{ id: 4, username: 'Claus' },
				{ id: 5, username: 'bert' },
			]),
		);

		expect(await listSearch.searchUsers.call(node, 'cla')).toEqual({
			results: [
				{ name: 'clara', value: '3' },
				{ name: 'Claus', value: '4' },
			],
		});
		expect(sent[0]?.qs).not.toHaveProperty('name__icontains');
	});
});

describe('A list for a multiple choice', () => {
	const { getViewColumns, ...ofObjects } = loadOptions;
	const rows = [
		{ id: 2, name: 'b', username: 'b', data_type: 'string' },
		{ id: 1, name: 'a', username: 'a', data_type: 'string' },
	];

	it.each(Object.entries(ofObjects))(
		'%s is complete and sorted by name, with numbers as values',
		async (_, load) => {
			const { node } = start(() => page(rows));

			const [first, second, ...others] = await load.call(node);

			expect([first, second]).toMatchObject([
				{ name: 'a', value: 1 },
				{ name: 'b', value: 2 },
			]);
			expect(others).toEqual([]);
		},
	);

	it('of the columns of a saved view ends with the custom fields', async () => {
		const { node } = start(() => page(rows));

		const columns = await getViewColumns.call(node);

		expect(columns.at(0)).toEqual({ name: 'Added', value: 'added' });
		expect(columns.slice(-3)).toEqual([
			{ name: 'Title', value: 'title' },
			{ name: 'a', value: 'custom_field_1' },
			{ name: 'b', value: 'custom_field_2' },
		]);
	});
});

describe('The custom fields of the mapper', () => {
	it('have the types of the server, and select options by label', async () => {
		const { node } = start(() =>
			page([
				{ id: 1, name: 'Paid', data_type: 'boolean' },
				{ id: 2, name: 'Due', data_type: 'date' },
				{ id: 3, name: 'Amount', data_type: 'monetary', extra_data: { default_currency: 'EUR' } },
				{
					id: 4,
					name: 'Level',
					data_type: 'select',
					extra_data: {
						select_options: [
							{ id: 'a1', label: 'High' },
							null,
							{ id: '={{ $env }}', label: 'An expression' },
						],
					},
				},
				{ id: 5, name: 'Related', data_type: 'documentlink' },
				{ id: 6, name: 'Count', data_type: 'integer' },
				{ id: 7, name: 'New in 5.0', data_type: 'colour' },
			]),
		);

		const { fields } = await resourceMapping.mapCustomFields.call(node);

		expect(
			fields.map(({ id, displayName, type, options }) => [id, displayName, type, options]),
		).toEqual([
			['3', expect.stringMatching(/^Amount .*EUR12\.50/), 'string', undefined],
			['6', 'Count', 'number', undefined],
			['2', 'Due', 'dateTime', undefined],
			['4', 'Level', 'options', [{ name: 'High', value: 'a1' }]],
			['7', 'New in 5.0', 'string', undefined],
			['1', 'Paid', 'boolean', undefined],
			['5', expect.stringMatching(/^Related .*12, 34/), 'string', undefined],
		]);
	});

	it('come with a notice where there are none yet', async () => {
		const { node } = start(() => page([]));

		expect(await resourceMapping.mapCustomFields.call(node)).toMatchObject({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('no custom fields yet'),
		});
	});
});

describe('A list that follows the custom field of a condition', () => {
	const fields = () =>
		page([
			{
				id: 7,
				name: 'Level',
				data_type: 'select',
				extra_data: { select_options: [{ id: 'a1', label: 'High' }] },
			},
			{ id: 8, name: 'Due', data_type: 'date' },
		]);
	const operatorsFor = async (field: unknown) =>
		(await conditionLists.getCustomFieldOperators.call(start(fields, field).node)).map(
			({ name }) => name,
		);

	it('offers the operators of its type, whether the field is an ID or a name', async () => {
		const ofDates = await operatorsFor(8);

		expect(ofDates).toEqual(expect.arrayContaining(['On', 'Before', 'Is Between', 'Is Empty']));
		expect(ofDates).not.toContain('Contains');
		expect(await operatorsFor('Due')).toEqual(ofDates);
	});

	it('offers all operators where an expression names the field', async () => {
		expect(await operatorsFor('={{ $json.field }}')).toHaveLength(
			Object.keys(customFieldOperators).length,
		);
	});

	it('offers the options of a select field, and none for others', async () => {
		const optionsFor = async (field: unknown) =>
			await conditionLists.getSelectOptions.call(start(fields, field).node);

		expect(await optionsFor(7)).toEqual([{ name: 'High', value: 'a1' }]);
		expect(await optionsFor(8)).toEqual([]);
		expect(await optionsFor('={{ $json.field }}')).toEqual([]);
	});
});

/** Every text in a value, at any depth. */
const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
};

describe('A list of a server whose users are hostile', () => {
	const planted = '={{ $("Secrets").first().json }}';
	const row = {
		id: 7,
		name: planted,
		username: planted,
		title: planted,
		created: planted,
		filter_rules: [],
		triggers: [],
		actions: [],
		data_type: 'select',
		extra_data: {
			select_options: [
				{ id: planted, label: planted },
				{ id: 'a1', label: planted },
			],
		},
	};
	const methods = [PaperlessNgx, PaperlessNgxTrigger, PaperlessNgxWebhookTrigger].flatMap(
		(Node) => {
			const {
				listSearch: lists,
				loadOptions: options,
				resourceMapping: maps,
			} = (new Node() as INodeType).methods ?? {};
			const { getCustomFieldOperators: ours, ...theirs } = { ...options };
			expect(ours).toBeDefined();
			return Object.entries({ ...lists, ...theirs, ...maps }).map(
				([name, method]) =>
					[Node.name, name, method as (this: ILoadOptionsFunctions) => Promise<unknown>] as const,
			);
		},
	);

	it.each(methods)('puts no expression into the workflow: %s, %s', async (_, _name, method) => {
		const { node } = start(() => page([row, { ...row, id: 8, data_type: 'toString' }]));

		const texts = textsIn(await method.call(node));

		expect(texts.filter((text) => text.includes('Secrets'))).not.toEqual([]);
		expect(texts.filter((text) => text.trimStart().startsWith('='))).toEqual([]);
	});

	it('offers no option whose id a server cannot have made', async () => {
		const { node } = start(() => page([row]));

		const { fields } = await resourceMapping.mapCustomFields.call(node);

		expect(fields[0]?.options).toEqual([{ name: `“${planted}”`, value: 'a1' }]);
	});

	it('shows a field that begins with an equals sign by a label that belongs to it', async () => {
		const { node } = start(() => page([{ ...row, name: '=Sum', data_type: 'monetary' }]));

		const { fields } = await resourceMapping.mapCustomFields.call(node);

		expect(isLabelOf(String(fields[0]?.displayName), '=Sum')).toBe(true);
	});

	it('shows a field of a type that is named like a method as a text', async () => {
		const { node } = start(() => page([{ id: 7, name: 'Odd', data_type: 'toString' }]));

		const { fields } = await resourceMapping.mapCustomFields.call(node);

		expect(fields).toMatchObject([{ displayName: 'Odd', type: 'string' }]);
	});
});

describe('A list that cannot be read', () => {
	it('reports the reason', async () => {
		const { node } = start(() => json({ detail: 'Invalid token.' }, 401));

		const refusal = await refusalOf(loadOptions.getTags.call(node), NodeApiError);

		expect(refusal.message).toBe('Paperless-ngx does not accept the token');
	});

	it('reports a connection that failed', async () => {
		const refused = Object.assign(new Error('connect'), { code: 'ENOTFOUND' });
		const { node } = start(async () => await Promise.reject(refused));

		const refusal = await refusalOf(listSearch.searchTags.call(node), NodeOperationError);

		expect(refusal.message).toBe('The host name of the Base URL was not found');
	});
});
