import type { IDataObject } from 'n8n-workflow';
import { byName, engineFor, refusal, results } from '../support/paperless.mts';
import type { Profile } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { fullWorkflow } from '../support/fullWorkflow.mts';
import { useSandbox } from '../support/useSandbox.mts';

type Row = { id: number; name: string; [field: string]: unknown };
type Stored = Row & { triggers: Row[]; actions: Row[]; enabled: boolean };

const isOld = (profile: Profile) => profile === '2.15.3';

const ofTrigger = {
	name: 'n8n: Sort',
	triggers: [{ type: 2 }],
	actions: [
		{
			type: 4,
			webhook: {
				url: 'http://n8n.example/webhook/1',
				headers: { 'X-Paperless-Ngx-Trigger-Secret': 'f'.repeat(64) },
			},
		},
	],
};

describe.each(profiles)('a workflow, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());

	const made = async (body: object) => await sandbox.api<Stored>('POST', 'workflows/', body);
	const stored = async () =>
		(await sandbox.api<{ results: Stored[] }>('GET', 'workflows/')).results;
	const asks = async (operation: string, parameters: object = {}, one = engine) =>
		await results(one, operation, { resource: 'workflow', ...parameters });
	const refused = async (operation: string, parameters: object = {}, one = engine) =>
		await refusal(one, operation, { resource: 'workflow', ...parameters });
	const json = (value: unknown) => JSON.stringify(value);
	const writes = async () => (await sandbox.requests()).filter(({ method }) => method !== 'GET');

	it('is shown with names in place of ids, words in place of numbers, and no secret', async () => {
		const { id } = await made(await fullWorkflow(sandbox, 'Sort'));

		const [found] = await asks('get', { workflow: byName('Sort') });
		const [listed] = await asks('getAll');

		expect(found).toMatchObject({
			id,
			name: 'Sort',
			enabled: true,
			of_n8n_trigger: false,
			triggers: [
				{
					type: 'consumption_started',
					sources: ['consume_folder', 'mail'],
					filter_has_tags: ['invoice'],
					matching_algorithm: 'all_words',
				},
				{
					type: 'scheduled',
					schedule_date_custom_field: 'Due',
					filter_has_correspondent: 'City Library',
					filter_has_document_type: 'Letter',
				},
			],
			actions: [
				{
					type: 'assignment',
					assign_tags: ['Household'],
					assign_storage_path: 'By year',
					assign_owner: 'clerk',
					assign_view_users: ['clerk'],
					assign_change_groups: ['family'],
					assign_custom_fields: ['Status'],
					assign_custom_fields_values: { Status: expect.stringMatching(/^[A-Z][a-z]+/) },
				},
				{ type: 'removal', remove_tags: ['invoice'], remove_owners: ['clerk'] },
				{ type: 'email', email: { subject: 'New' } },
				{ type: 'webhook', webhook: { headers: { 'X-Key': '********' } } },
			],
		});
		expect(json([found, listed])).not.toContain('hidden');
		expect(listed).toEqual(found);
		const { triggers, actions } = found as unknown as Stored;
		for (const part of [...triggers, ...actions]) expect(part).not.toHaveProperty('id');
	});

	it('is the same after a way through Get and Create, with its secrets', async () => {
		const before = await made(await fullWorkflow(sandbox, 'Sort'));
		const [found] = await asks('get', {
			workflow: byName('Sort'),
			options: { showSecrets: true },
		});

		const [copy] = await asks('create', { workflowJson: json({ ...found, name: 'Copy' }) });

		const after = (await stored()).find(({ id }) => id === copy?.id);
		const plain = (row: Stored | undefined) =>
			json(row && { ...row, id: 0, name: '' }).replaceAll(/"id":\d+/g, '"id":0');
		expect(copy).toMatchObject({ name: 'Copy', of_n8n_trigger: false });
		expect(plain(after)).toBe(plain(before));
		expect(json(copy)).not.toContain('hidden');
	});

	it('moves to another server by names, whatever the ids there', async () => {
		await made(await fullWorkflow(sandbox, 'Sort'));
		const options = { showSecrets: true };
		const [found] = await asks('get', { workflow: byName('Sort'), options });
		const other = await Sandbox.start(profile);
		// All ids are other ones there.
		for (const path of ['tags', 'correspondents', 'document_types', 'storage_paths']) {
			const all = await other.api<{ results: Row[] }>('GET', `${path}/?page_size=100`);
			for (const { id } of all.results) await other.api('DELETE', `${path}/${id}/`);
			for (const { name } of all.results.toReversed())
				await other.api('POST', `${path}/`, {
					name,
					...(path === 'storage_paths' && { path: 'x' }),
				});
		}

		const [moved] = await asks('create', { workflowJson: json(found) }, engineFor(other));
		const [again] = await asks('get', { workflow: byName('Sort'), options }, engineFor(other));
		const [row] = (await other.api<{ results: Stored[] }>('GET', 'workflows/')).results;
		await other.close();

		expect(moved).toMatchObject({ name: 'Sort' });
		expect({ ...again, id: 0 }).toEqual({ ...found, id: 0 });
		expect(row?.actions[0]?.assign_tags).not.toEqual([]);
	});

	it('names at once everything that the server lacks, and creates nothing', async () => {
		const workflowJson = json({
			name: 'New',
			triggers: [{ type: 'document_added', filter_has_tags: ['Nope', 'invoice'] }],
			actions: [
				{ type: 'assignment', assign_owner: 'nobody', assign_storage_path: 'Nowhere' },
				{ type: 'removal', remove_correspondents: [{ hidden_id: 7 }] },
				{ type: 'assignment', assign_custom_fields_values: { Unknown: 1 } },
			],
		});

		const told = await refused('create', { workflowJson });

		expect(told.message).toContain('The server lacks what the workflow names');
		for (const words of [
			'tag “Nope”',
			'user “nobody”',
			'storage path “Nowhere”',
			'ID 7',
			'“Unknown”',
		])
			expect(told.description).toContain(words);
		expect(await stored()).toEqual([]);
	});

	it.each([
		['no JSON', '[', 'is not a JSON object'],
		['no object', '[]', 'is not a JSON object'],
		['no name', '{}', 'has no “name”'],
		['a list that is none', '{"name":"x","actions":1}', '“actions” of the workflow is no list'],
		['a part that is none', '{"name":"x","triggers":[1]}', '“triggers” is no object'],
		['an unknown word', '{"name":"x","actions":[{"type":"dance"}]}', '“dance” is no “type”'],
		[
			'a masked secret',
			json({
				name: 'x',
				actions: [
					{ type: 'webhook', webhook: { url: 'http://a.example/', headers: { a: '********' } } },
				],
			}),
			'asterisks',
		],
		['the workflow of a trigger', json(ofTrigger), 'belongs to a Webhook Trigger of n8n'],
	])('is not created from %s', async (_, workflowJson, words) => {
		const told = await refused('create', { workflowJson });

		expect(told.message).toContain(words);
		expect(told.description).not.toBe('');
		expect(await stored()).toEqual([]);
	});

	it('is refused in the words of the server', async () => {
		await made({ name: 'Sort', triggers: [], actions: [] });

		const taken = await refused('create', { workflowJson: '{"name":"Sort"}' });
		const type = await refused('create', {
			workflowJson: json({ name: 'x', triggers: [{ type: 99 }] }),
		});
		const unknown = await refused('get', { workflow: byName('Sart') });

		expect(taken.message).toContain('already exists');
		expect(type.message).toContain('99');
		expect(unknown.description).toContain('Did you mean “Sort”');
	});

	it('is changed only where it differs, and keeps its parts and secrets', async () => {
		const before = await made(await fullWorkflow(sandbox, 'Sort'));
		const [found] = await asks('get', { workflow: byName('Sort') });
		await sandbox.forgetRequests();

		const workflow = byName('Sort');
		const [same] = await asks('update', { workflow, workflowJson: json(found) });
		const none = await writes();
		const [changed] = await asks('update', {
			workflow,
			workflowJson: json({ ...found, order: 7, triggers: (found as unknown as Stored).triggers }),
		});
		const [fewer] = await asks('update', {
			workflow,
			workflowJson: json({ actions: [(found as unknown as Stored).actions[0]] }),
		});

		expect(same).toMatchObject({ updated: false, changes: {} });
		expect(none).toEqual([]);
		expect(changed).toMatchObject({ updated: true, changes: { order: { from: 0, to: 7 } } });
		expect(Object.keys(changed?.changes as IDataObject)).toEqual(['order']);
		expect(Object.keys(fewer?.changes as IDataObject)).toEqual(['actions']);
		const [after] = await stored();
		expect(after?.triggers).toEqual(before.triggers);
		expect(after?.actions).toEqual(before.actions.slice(0, 1));
	});

	it('keeps the header of a webhook for which asterisks are given', async () => {
		await made(await fullWorkflow(sandbox, 'Sort'));
		const [found] = await asks('get', { workflow: byName('Sort') });
		const { actions } = found as unknown as Stored;
		const webhook = { ...(actions[3]?.webhook as object), url: 'http://other.example/' };

		const [changed] = await asks('update', {
			workflow: byName('Sort'),
			workflowJson: json({ actions: [...actions.slice(0, 3), { ...actions[3], webhook }] }),
		});

		const [after] = await stored();
		expect(after?.actions[3]?.webhook).toMatchObject({
			url: 'http://other.example/',
			headers: { 'X-Key': 'hidden' },
		});
		expect(json(changed)).not.toContain('hidden');
	});

	it('is switched off and on, and stays as it is otherwise', async () => {
		const before = await made(await fullWorkflow(sandbox, 'Sort'));
		const workflow = byName('Sort');

		const [off] = await asks('disable', { workflow });
		const [still] = await asks('disable', { workflow });
		const [row] = await stored();
		const [on] = await asks('enable', { workflow });

		expect(off).toMatchObject({ enabled: false, updated: true });
		expect(still).toMatchObject({ enabled: false, updated: false, changes: {} });
		expect(on).toMatchObject({ changes: { enabled: { from: false, to: true } } });
		expect(row).toEqual({ ...before, enabled: false });
		expect(await stored()).toEqual([before]);
	});

	it('is deleted, each once, and what is unknown is refused', async () => {
		await made({ name: 'Sort', triggers: [], actions: [] });

		const [gone] = await asks('delete', { workflow: byName('Sort') });
		const told = await refused('delete', { workflow: byName('Sort') });

		expect(gone).toMatchObject({ deleted: true });
		expect(told.message).toContain('There is no workflow “Sort”');
		expect(await stored()).toEqual([]);
	});

	it('of a Webhook Trigger of n8n is marked, and changed only if that is asked for', async () => {
		const before = await made(ofTrigger);
		const workflow = byName('n8n: Sort');
		const workflowJson = '{ "order": 3 }';

		const [shown] = await asks('get', { workflow });
		for (const operation of ['update', 'disable', 'enable', 'delete']) {
			const told = await refused(operation, {
				workflow,
				...(operation === 'update' && { workflowJson }),
			});
			expect(told.message).toContain('belongs to a Webhook Trigger of n8n');
			expect(told.description).toContain('“Include Workflows of n8n”');
		}
		const untouched = await stored();
		const options = { includeTriggers: true };
		await asks('update', { workflow, workflowJson, options });
		await asks('delete', { workflow, options });

		expect(shown).toMatchObject({ of_n8n_trigger: true });
		expect(untouched).toEqual([before]);
		expect(await stored()).toEqual([]);
	});

	it('has a condition on custom fields with names, where the server knows conditions', async () => {
		const workflowJson = json({
			name: 'Open',
			triggers: [
				{
					type: 'document_added',
					filter_custom_field_query: json([
						'AND',
						[
							['Status', 'exact', 'Open'],
							['Due', 'exists', true],
						],
					]),
				},
			],
			actions: [{ type: 'removal', remove_all_tags: true }],
		});
		if (isOld(profile)) {
			const told = await refused('create', { workflowJson });
			expect(told.message).toContain('needs Paperless-ngx 2.19 or later');
			expect(await stored()).toEqual([]);
			return;
		}

		const [created] = await asks('create', { workflowJson });

		const [row] = await stored();
		expect(row?.triggers[0]?.filter_custom_field_query).not.toContain('Status');
		expect((created as unknown as Stored).triggers[0]?.filter_custom_field_query).toBe(
			(JSON.parse(workflowJson) as Stored).triggers[0]?.filter_custom_field_query,
		);
	});

	it('takes the option of a condition that is meant, and none of several', async () => {
		if (isOld(profile)) return;
		const labels = ['Nein', 'Ja', 'JA', 'Late  reply'].map((label) => ({ label }));
		const { extra_data } = await sandbox.api<{
			extra_data: { select_options: Array<{ id: string }> };
		}>('POST', 'custom_fields/', {
			name: 'Answer',
			data_type: 'select',
			extra_data: { select_options: labels },
		});
		const [no, , loud, late] = extra_data.select_options.map(({ id }) => id);
		const asking = (answer: unknown) =>
			json({
				name: `Answered ${String(answer)}`,
				triggers: [
					{
						type: 'document_added',
						filter_custom_field_query: json(['AND', [['Answer', 'in', [answer]]]]),
					},
				],
				actions: [{ type: 'removal', remove_all_tags: true }],
			});
		const queries = async () =>
			(await stored()).map(({ triggers }) => String(triggers[0]?.filter_custom_field_query));

		for (const answer of ['nein', 'JA', ' late reply'])
			await asks('create', { workflowJson: asking(answer) });
		const told = await refused('create', { workflowJson: asking('ja') });

		expect(told.message).toContain('several options that “ja” can mean');
		expect(told.description).toContain('“Ja”, “JA”');
		for (const id of [no, loud, late])
			expect((await queries()).filter((query) => query.includes(`"${id}"`))).toHaveLength(1);
		expect(await queries()).toHaveLength(3);
	});

	it('for one of several correspondents runs on older servers by the filter for one', async () => {
		const given = (...names: string[]) =>
			json({
				name: 'Some',
				triggers: [{ type: 'document_added', filter_has_any_correspondents: names }],
			});

		const [one] = await asks('create', { workflowJson: given('City Library') });
		const field =
			profile === '3.0.5' ? 'filter_has_any_correspondents' : 'filter_has_correspondent';

		const name = 'City Library';
		expect((one as unknown as Stored).triggers[0]).toMatchObject({
			[field]: profile === '3.0.5' ? [name] : name,
		});
		if (profile === '3.0.5') return;
		const { results: all } = await sandbox.api<{ results: Row[] }>('GET', 'correspondents/');
		const told = await refused('create', { workflowJson: given(...all.map((row) => row.name)) });
		expect(told.message).toContain('needs Paperless-ngx 3.0 or later');
	});

	it('is not left behind where the server ignores what it asks for', async () => {
		const workflowJson = json({
			name: 'Newer',
			triggers: [{ type: 'document_added', filter_has_barcodes: ['x'] }],
		});

		const told = await refused('create', { workflowJson });

		expect(told.message).toBe('The workflow “Newer” is not as it was given');
		expect(told.description).toMatch(/triggers 1 filter_has_barcodes.* It was deleted again/);
		expect(await stored()).toEqual([]);
	});

	it('is only read with Read Only', async () => {
		const before = await made(await fullWorkflow(sandbox, 'Sort'));
		const readOnly = engineFor(sandbox, 'admin', { readOnly: true });

		const [found] = await asks('get', { workflow: byName('Sort') }, readOnly);
		for (const operation of ['create', 'update', 'disable', 'enable', 'delete']) {
			const told = await refused(
				operation,
				{ workflow: byName('Sort'), workflowJson: '{"name":"x"}' },
				readOnly,
			);
			expect(told.message).toBe('The credential is set to Read Only');
		}

		expect(found).toMatchObject({ name: 'Sort' });
		expect(await stored()).toEqual([before]);
	});
});
