import type { IDataObject } from 'n8n-workflow';
import { byId, byName, refusal, results, run, textFile } from '../../support/paperless.mts';
import { profiles } from '../../support/sandbox.mts';
import { useSandbox } from '../../support/useSandbox.mts';

type CustomField = { id: number; name: string };

describe.each(profiles)('values of expressions on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);

	beforeAll(async () => {
		await sandbox.settings({ consumptionSeconds: 0 });
	});
	afterEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const fieldId = async (name: string) => {
		const { results: fields } = await sandbox.api<{ results: CustomField[] }>(
			'GET',
			'custom_fields/?page_size=100',
		);
		return fields.find((field) => field.name === name)?.id ?? 0;
	};
	const get = async (id: unknown) => {
		const [document] = await results(engine, 'get', { document: byId(id) });
		return document ?? {};
	};
	const update = async (parameters: object, json: IDataObject = {}) =>
		await results(engine, 'update', { document: byId(2), ...parameters }, { items: [{ json }] });
	const writes = async () => (await sandbox.requests()).filter(({ method }) => method !== 'GET');

	it.each(['={{ NaN }}', '={{ Infinity }}'])(
		'that are no numbers (%s) are no text either',
		async (value) => {
			const told = [
				await refusal(engine, 'update', { document: byId(2), updateFields: { title: value } }),
				await refusal(engine, 'update', {
					document: byId(2),
					customFields: { mappingMode: 'defineBelow', value: { 1: value } },
				}),
			];

			for (const { message } of told) expect(message).toContain('must be text');
			for (const { description } of told) expect(description).toContain(value.slice(4, -3));
		},
	);

	it('that return a date object fill a custom field of text', async () => {
		const [done] = await update({
			customFields: {
				mappingMode: 'defineBelow',
				value: { 1: '={{ new Date("2024-02-03T10:00:00Z") }}' },
			},
		});

		expect(done).toMatchObject({
			changes: { custom_fields: { Reference: { to: '2024-02-03T10:00:00.000Z' } } },
		});
	});

	const nothings = ['={{ null }}', '={{ undefined }}', '={{ $json.missing }}', '', '   '];
	const locators = (value: string) =>
		Object.fromEntries(
			['correspondent', 'documentType', 'storagePath', 'owner'].flatMap((name, at) => [
				[name, { __rl: true, mode: at % 2 ? 'name' : 'id', value }],
			]),
		);
	const emptyFields = (value: string) => ({
		...locators(value),
		archiveSerialNumber: value,
		created: value,
	});

	it.each(nothings)(
		'that return nothing (%j) leave every field of an update alone',
		async (value) => {
			await update({
				updateFields: {
					...emptyFields(value),
					content: value,
					addTags: value,
					title: 'Changed',
				},
				customFields: { mappingMode: 'defineBelow', value: { [await fieldId('Due')]: value } },
			});
			const after = await get(2);
			await sandbox.reset();
			const before = await get(2);

			expect({ ...after, title: before.title, modified: before.modified }).toEqual(before);
			expect(after.title).toBe('Changed');
		},
	);

	it('that return nothing leave every field of an upload alone', async () => {
		const letter = await textFile(engine, 'A letter with missing fields', 'letter.txt');

		const [created] = await results(
			engine,
			'upload',
			{
				additionalFields: { ...emptyFields('={{ null }}'), title: '={{ undefined }}' },
				customFields: '={{ null }}',
			},
			{ items: [letter] },
		);

		expect(await get(created?.id)).toMatchObject({ title: 'letter', correspondent: null });
	});

	it.each([
		['filters', { filters: { anyTags: '={{ null }}' } }],
		['filters', { filters: { inInbox: '={{ undefined }}' } }],
		['filters', { filters: { savedView: { __rl: true, mode: 'id', value: '={{ null }}' } } }],
		[
			'dates',
			{
				filters: { dates: { rows: [{ field: 'created', condition: 'lt', date: '={{ null }}' }] } },
			},
		],
	])('that return nothing are refused in %s', async (_, parameters) => {
		const error = await refusal(engine, 'getAll', parameters);

		expect(error.message).toMatch(/is empty/);
	});

	it.each([['12:00'], ['20'], ['2024'], ['12-05'], ['2024-W22-5']])(
		'that are a bit of a date (%s) are refused everywhere',
		async (bit) => {
			const mapped = { mappingMode: 'defineBelow', value: { [await fieldId('Due')]: bit } };
			const condition = { field: 'Due', operator: 'before', date: bit };
			const groups = [{ match: 'all', conditions: { rows: [condition] } }];
			const rows = [{ field: 'created', condition: 'lt', date: bit }];
			await sandbox.forgetRequests();

			const refusals = [
				await refusal(engine, 'update', { document: byId(2), updateFields: { created: bit } }),
				await refusal(engine, 'update', { document: byId(2), customFields: mapped }),
				await refusal(engine, 'getAll', { filters: { dates: { rows } } }),
				await refusal(engine, 'getAll', { filters: { customFieldConditions: { groups } } }),
				await refusal(engine, 'getAll', { resource: 'task', filters: { createdAfter: bit } }),
			];

			for (const { message } of refusals) expect(message).toMatch(/is not a date/);
			expect(await writes()).toEqual([]);
		},
	);

	it.each([
		['={{ "2025-06-28T23:30:00.000Z" }}'],
		['={{ new Date("2025-06-28T23:30:00.000Z") }}'],
		['={{ new Date("2025-06-28T23:30:00.000Z").getTime() }}'],
		['={{ DateTime.fromISO("2025-06-28T17:30:00-06:00").setZone("Europe/Berlin") }}'],
	])('that are an instant are the day in the time zone of the workflow: %s', async (value) => {
		await update({ updateFields: { created: value }, customFields: { value: { Due: value } } });

		expect(await get(2)).toMatchObject({
			created: '2025-06-29',
			custom_fields: { Due: '2025-06-29' },
		});
	});

	it('that are a time with an offset are the day as it is written', async () => {
		await update({ updateFields: { created: '2025-06-28T23:30:00-06:00' } });

		expect(await get(2)).toMatchObject({ created: '2025-06-28' });
	});

	it.each([
		['an object by field', '={{ { Amount: "1.234,50 EUR", Paid: "Yes", Status: " open " } }}'],
		['JSON text', '{"Amount": "€1,234.50", "Paid": "1", "Status": "Open"}'],
		['a mapper', '={{ { mappingMode: "defineBelow", value: $json } }}'],
	])('for custom fields are taken as %s', async (_, customFields) => {
		await update({ customFields }, { Amount: 'eur1234.5', Paid: true, Status: 'Open' });

		const { custom_fields: fields } = await get(2);
		expect(fields).toMatchObject({ Amount: 'EUR1234.50', Paid: true, Status: 'Open' });
	});

	it.each(['={{ [{ Amount: 1 }] }}', '={{ 12 }}', 'Amount 12', '={{ { value: 12 } }}'])(
		'for custom fields of another shape (%s) are refused, and nothing is written',
		async (customFields) => {
			await sandbox.forgetRequests();
			const error = await refusal(engine, 'update', {
				document: byId(2),
				updateFields: { title: 'No' },
				customFields,
			});

			expect(error.message).toBe('“Custom Fields” must be an object such as { "Amount": 12.5 }');
			expect(await writes()).toEqual([]);
		},
	);

	it('for a field that has another name on this server are refused', async () => {
		const id = String(await fieldId('Due'));
		await sandbox.forgetRequests();

		const error = await refusal(engine, 'update', {
			document: byId(2),
			customFields: {
				mappingMode: 'defineBelow',
				value: { [id]: '2026-05-31' },
				schema: [{ id, displayName: 'Paid On', type: 'dateTime' }],
			},
		});

		expect(error.message).toContain(`Custom field ${id} is “Due” on this server, not “Paid On”`);
		expect(await writes()).toEqual([]);
	});

	it('that are the address of a document of another server are refused', async () => {
		const at = (value: string) => ({ document: { __rl: true, mode: 'url', value } });
		await sandbox.forgetRequests();

		const error = await refusal(engine, 'delete', at('https://elsewhere.example/documents/2'));
		const [found] = await results(engine, 'get', at(`${sandbox.url}/documents/2/details?a=b`));

		expect(error.message).toContain('is not a document of this server');
		expect(found?.id).toBe(2);
		expect(await writes()).toEqual([]);
	});

	it('find the documents that link to one with another or an unset document link', async () => {
		const related = await fieldId('Related');
		const { id: other } = await sandbox.api<CustomField>('POST', 'custom_fields/', {
			name: 'Other',
			data_type: 'documentlink',
		});
		const set = async (id: number, custom_fields: object[]) =>
			await sandbox.api('PATCH', `documents/${id}/`, { custom_fields });
		const linked = async (id: number) => {
			const condition = { field: 'Related', operator: 'linksTo', value: String(id) };
			const groups = [{ match: 'all', conditions: { rows: [condition] } }];
			const found = await results(engine, 'getAll', {
				filters: { customFieldConditions: { groups } },
			});
			return found.map((document) => document.id);
		};
		await set(2, [{ field: related, value: [3] }]);
		await set(4, [{ field: related, value: null }]);

		expect(await linked(3)).toEqual([2]);
		for (const value of [null, [5]]) {
			await set(3, [
				{ field: related, value: [2] },
				{ field: other, value },
			]);
			expect(await linked(3)).toEqual([2]);
		}
		expect(await linked(4)).toEqual([]);
	});

	it('that are a query the server does not understand are named, with their saved view', async () => {
		const query = 'title:(';
		const { id } = await sandbox.api<{ id: number }>('POST', 'saved_views/', {
			name: 'Broken',
			sort_field: 'created',
			sort_reverse: true,
			show_on_dashboard: false,
			show_in_sidebar: false,
			filter_rules: [{ rule_type: 20, value: query }],
		});
		const attempts = [
			{ operation: 'getAll', parameters: { searchMode: 'paperlessQuery', searchText: query } },
			{ operation: 'getAll', parameters: { filters: { savedView: byName('Broken') } } },
			{ operation: 'getDocuments', parameters: { resource: 'savedView', savedView: byId(id) } },
		];

		const said = await Promise.all(
			attempts.map(async ({ operation, parameters }) => {
				const { json, error } = await run(engine, operation, parameters);
				return error ? [error.message, error.description] : json;
			}),
		);

		const onView = [
			`Paperless-ngx does not understand the query “${query}” of the saved view “Broken”`,
			'Change it there, or use filters instead; every version of Paperless-ngx has its own query language. The server answered: Error listing search results, check logs for more detail.',
		];
		expect(said).toEqual(
			profile === '3.0.5'
				? [
						[
							`Paperless-ngx does not understand the query “${query}”`,
							'Check its brackets, quotation marks and field names; every version of Paperless-ngx has its own query language. The server answered: Error listing search results, check logs for more detail.',
						],
						onView,
						onView,
					]
				: // 2.x accepts the query and finds nothing.
					[[], [], []],
		);
	});
});
