import type { Engine } from '../../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run } from '../../support/paperless.mts';
import type { Fault } from '../../support/sandbox.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';

type Field = {
	id: number;
	extra_data: { select_options?: Array<{ id: string; label: string }>; default_currency?: string };
};

describe.each(profiles)('definitions on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const resource = 'customField';

	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.behave();
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	describe('custom fields', () => {
		const make = async (...labels: string[]) =>
			await sandbox.api<Field>('POST', 'custom_fields/', {
				name: 'State',
				data_type: 'select',
				extra_data: { select_options: labels.map((label) => ({ label })) },
			});
		const labels = async (id: number) =>
			(await sandbox.api<Field>('GET', `custom_fields/${id}/`)).extra_data.select_options?.map(
				({ label }) => label,
			);
		const items = (...values: unknown[]) => ({
			items: values.map((value) => ({ json: { value: value as string } })),
		});

		it('keep the options that earlier items added, renamed or removed', async () => {
			const { id } = await make('Open', 'a', 'b', 'Old');
			const update = async (updateFields: object, more: object) =>
				await results(engine, 'update', { resource, customField: byId(id), updateFields }, more);

			const added = await update({ addOptions: '={{ $json.value }}' }, items('A', 'B', 'C'));
			await update(
				{ renameOptions: { rows: [{ from: '={{ $json.value }}', to: '={{ $json.value }}1' }] } },
				items('a', 'b'),
			);
			await update({ removeOptions: '={{ $json.value }}' }, items('Old', 'Open'));

			expect(added.map(({ changes }) => changes)).toEqual(
				['A', 'B', 'C'].map((label) => ({ options: { added: [label], removed: [] } })),
			);
			expect(await labels(id)).toEqual(['a1', 'b1', 'A', 'B', 'C']);
		});

		it('are completed by several items of Create or Update, the first of which creates them', async () => {
			const all = await results(
				engine,
				'upsert',
				{ resource, name: 'State', dataType: 'select', selectOptions: '={{ $json.value }}' },
				items('A', 'B', 'A', 'C'),
			);

			expect(all.map(({ created, updated }) => [created, updated])).toEqual([
				[true, undefined],
				[false, true],
				[false, false],
				[false, true],
			]);
			expect(await labels(Number(all[0]?.id))).toEqual(['A', 'B', 'C']);
		});

		it('keep the options that another execution added in the meantime', async () => {
			const { id } = await make('Open');
			const one = engineFor(sandbox);
			await sandbox.misbehave({ kind: 'latency', ms: 150, method: 'PATCH', times: 1 });

			const runs = await Promise.all(
				['A', 'B'].map((label) =>
					run(one, 'update', {
						resource,
						customField: byId(id),
						updateFields: { addOptions: label },
					}),
				),
			);

			expect(runs.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
			expect((await labels(id))?.toSorted()).toEqual(['A', 'B', 'Open']);
		});

		it('take labels with commas from arrays and from quoted text', async () => {
			const [created] = await results(engine, 'create', {
				resource,
				name: 'State',
				dataType: 'select',
				selectOptions: '={{ ["Open, late", "Paid", "5\\" wide", "\\"x\\""] }}',
			});
			const [updated] = await results(engine, 'update', {
				resource,
				customField: byId(created?.id),
				updateFields: { addOptions: '"Due, soon", Late' },
			});

			expect(created?.options).toEqual(['Open, late', 'Paid', '5" wide', '"x"']);
			expect(updated?.options).toEqual([...(created?.options as string[]), 'Due, soon', 'Late']);
		});

		it.each([
			[{ renameOptions: { rows: [{ from: 'Open', to: 'Paid' }] } }, 'two options “Paid”'],
			[{ renameOptions: { rows: [{ from: 'Open', to: ' ' }] } }, 'empty label'],
			[{ renameOptions: { rows: [{ from: 'Open', to: 'New' }] }, addOptions: 'New, Open' }, ''],
			[
				{
					renameOptions: {
						rows: [
							{ from: 'Open', to: 'One' },
							{ from: 'Open', to: 'Two' },
						],
					},
				},
				'in two ways',
			],
			[{ addOptions: 'Late', removeOptions: 'Late' }, 'in two ways'],
			[
				{ removeOptions: 'Open', renameOptions: { rows: [{ from: 'Open', to: 'New' }] } },
				'in two ways',
			],
		])('reject changes that do not fit together: %j', async (updateFields, message) => {
			const { id } = await make('Open', 'Paid');
			const change = { resource, customField: byId(id), updateFields };
			if (message === '') {
				await results(engine, 'update', change);
				expect(await labels(id)).toEqual(['New', 'Paid', 'Open']);
				return;
			}
			await sandbox.forgetRequests();

			const refused = await refusal(engine, 'update', change);

			expect(refused.message).toContain(message);
			expect(await writes()).toBe(0);
		});

		it('reject a label that two options have', async () => {
			const { id } = await make('Ja', 'Ja', 'Nein');
			const change = async (updateFields: object) =>
				await refusal(engine, 'update', { resource, customField: byId(id), updateFields });

			expect((await change({ removeOptions: 'Ja' })).message).toContain('is ambiguous');
			expect(
				(await change({ renameOptions: { rows: [{ from: 'Ja', to: 'Yes' }] } })).message,
			).toContain('is ambiguous');
		});

		it('are not written where they are so already, and have a currency that can be cleared', async () => {
			const { id } = await sandbox.api<Field>('POST', 'custom_fields/', {
				name: 'Price',
				data_type: 'monetary',
				extra_data: { default_currency: 'EUR' },
			});
			const update = async (updateFields: object) =>
				await results(engine, 'update', { resource, customField: byId(id), updateFields });
			await sandbox.forgetRequests();

			const [same] = await update({ name: ' Price ', defaultCurrency: 'eur' });
			expect(await writes()).toBe(0);
			const [kept] = await update({ name: 'Cost', defaultCurrency: '={{ null }}' });
			const [cleared] = await update({ clear: ['defaultCurrency'] });
			const refused = await refusal(engine, 'update', {
				resource,
				customField: byName('Due'),
				updateFields: { defaultCurrency: 'EUR' },
			});

			expect(same).toMatchObject({ updated: false, changes: {} });
			expect(kept?.changes).toEqual({ name: { from: 'Price', to: 'Cost' } });
			expect(cleared?.changes).toEqual({ default_currency: { from: 'EUR', to: null } });
			expect(refused.message).toContain('is not a monetary field');
		});

		it('are never reported as changed where the server reports success and does nothing', async () => {
			const { id } = await make('Open');
			const idle: Fault = {
				kind: 'status',
				status: 200,
				body: { id, name: 'State', data_type: 'select' },
				times: 9,
			};
			await sandbox.misbehave({ ...idle, method: 'PATCH' });
			const updated = await refusal(engine, 'update', {
				resource,
				customField: byId(id),
				updateFields: { addOptions: 'A' },
			});
			await sandbox.behave();
			await sandbox.misbehave({ ...idle, method: 'DELETE', status: 204, body: undefined });
			const deleted = await refusal(engine, 'delete', { resource, customField: byId(id) });

			expect(updated.message).toContain('did not change the custom field “State”');
			expect(updated.description).toContain('Open');
			expect(deleted.message).toContain('was not deleted');
		});

		it('are deleted once where several items delete them', async () => {
			const { id } = await make('Open');

			const all = await results(engine, 'delete', { resource, customField: byId(id) }, items(1, 2));

			expect(all).toEqual([
				{ deleted: true, id },
				{ deleted: true, id },
			]);
		});
	});

	describe('saved views', () => {
		const view = async () =>
			(
				await results(engine, 'create', {
					resource: 'savedView',
					name: 'Mine',
					filters: { anyTags: ['invoice'] },
				})
			)[0];

		it('are not written where they are so already, and report what changed', async () => {
			const created = await view();
			const update = async (parameters: object) =>
				await results(engine, 'update', {
					resource: 'savedView',
					savedView: byId(created?.id),
					...parameters,
				});
			await sandbox.forgetRequests();

			const [same] = await update({
				newName: ' Mine ',
				filters: { anyTags: ['invoice'] },
				options: { sortField: 'created' },
			});
			expect(await writes()).toBe(0);
			const [changed] = await update({ newName: 'Ours', options: { sortDescending: false } });

			expect(same).toMatchObject({ updated: false, changes: {} });
			expect(changed?.changes).toEqual({
				name: { from: 'Mine', to: 'Ours' },
				sort_reverse: { from: true, to: false },
			});
		});

		it('take “Show in Sidebar” and “Show on Dashboard” only where the server keeps them', async () => {
			const created = await view();
			for (const option of ['showInSidebar', 'showOnDashboard']) {
				const outcome = await run(engine, 'update', {
					resource: 'savedView',
					savedView: byId(created?.id),
					options: { [option]: true },
				});
				if (profile === '3.0.5')
					expect(outcome.error?.message).toContain('needs Paperless-ngx before 3.0');
				else expect(outcome.json).toMatchObject([{ updated: true }]);
			}
		});

		it('whose search the server does not understand are named with their search', async () => {
			const { id } = await sandbox.api<{ id: number }>('POST', 'saved_views/', {
				name: 'Broken',
				filter_rules: [{ rule_type: 20, value: 'title:(' }],
				show_in_sidebar: false,
				show_on_dashboard: false,
			});
			const words = 'Error listing search results, check logs for more detail.';
			await sandbox.misbehave({
				kind: 'status',
				status: 400,
				body: words,
				path: '/api/documents/',
			});

			const refused = await refusal(engine, 'getDocuments', {
				resource: 'savedView',
				savedView: byId(id),
			});

			expect(refused.message).toBe(
				'Paperless-ngx does not understand the query “title:(” of the saved view “Broken”',
			);
		});
	});

	it('tags are sorted by their number of documents even where the server crashes over it', async () => {
		const list = async (sortBy: string) =>
			(await results(engine, 'getAll', { resource: 'tag', sortBy, limit: 2 })).map(
				(tag) => tag.document_count,
			);
		const sorted = [await list('document_count'), await list('-document_count')];
		const crash = {
			kind: 'status',
			status: 500,
			path: '/api/tags/',
			body: '<h1>Server</h1>',
		} as const;

		await sandbox.misbehave(crash);
		const ascending = await list('document_count');
		await sandbox.misbehave(crash);
		const descending = await list('-document_count');

		expect([ascending, descending]).toEqual(sorted);
	});

	it('a storage path template that the server cannot fill in is an error', async () => {
		const refused = await refusal(engine, 'test', {
			resource: 'storagePath',
			path: '{{ nothing_known }}',
			document: byId(2),
		});

		expect(refused.message).toContain('cannot fill in this template');
	});

	describe('a tag', () => {
		const tag = async (name: string, more: object = {}) =>
			await sandbox.api<{ id: number; name: string }>('POST', 'tags/', { name, ...more });
		const tagDocument = async (id: number, tags: number[]) =>
			await sandbox.api('PATCH', `documents/${id}/`, { tags });
		const tagsOf = async (id: number) =>
			(await sandbox.api<{ tags: number[] }>('GET', `documents/${id}/`)).tags;
		const move = (id: number, to: number) => ({ json: { id, to } });
		const deletion = {
			resource: 'tag',
			tag: byId('={{ $json.id }}'),
			options: { deleteChildren: true, moveDocumentsTo: byId('={{ $json.to }}') },
		};

		if (profile !== '2.15.3') {
			it('is not deleted where its documents would move to a tag below it', async () => {
				const parent = await tag('D');
				const child = await tag('C', { parent: parent.id });
				const deep = await tag('E', { parent: child.id });
				await tagDocument(2, [parent.id]);
				await sandbox.forgetRequests();

				for (const target of [child, deep, parent]) {
					const refused = await refusal(engine, 'delete', {
						resource: 'tag',
						tag: byId(parent.id),
						options: { deleteChildren: true, moveDocumentsTo: byId(target.id) },
					});
					expect(refused.message).toMatch(/below “D”|merged with itself/);
				}
				expect(await writes()).toBe(0);
				expect(await tagsOf(2)).toEqual([parent.id]);
			});

			it('keeps its documents where another item deletes the tag that they would move to', async () => {
				const parent = await tag('D');
				const child = await tag('C', { parent: parent.id });
				const [source, other] = [await tag('S'), await tag('O')];
				await tagDocument(2, [source.id]);

				const { json } = await run(engine, 'delete', deletion, {
					continueOnFail: true,
					items: [move(source.id, child.id), move(parent.id, other.id)],
				});

				expect(json[0]?.error).toContain('deleted by another item');
				expect(json[1]).toMatchObject({ deleted: true, children_deleted: ['C'] });
				expect(await tagsOf(2)).toEqual([source.id]);
			});

			it('is reported as deleted where its parent was deleted by another item', async () => {
				const parent = await tag('D');
				const child = await tag('C', { parent: parent.id });

				const all = await results(
					engine,
					'delete',
					{ resource: 'tag', tag: byId('={{ $json.id }}'), options: { deleteChildren: true } },
					{ items: [parent, child].map(({ id }) => ({ json: { id } })) },
				);

				expect(all.map(({ deleted }) => deleted)).toEqual([true, true]);
			});
		}

		it('passes its documents on along a chain of items, in their order', async () => {
			const [a, b, c] = [await tag('A'), await tag('B'), await tag('C')];
			await tagDocument(2, [a.id]);

			const all = await results(engine, 'delete', deletion, {
				items: [move(a.id, b.id), move(b.id, c.id)],
			});

			expect(all.map(({ documents_moved: moved }) => moved)).toEqual([1, 1]);
			expect(await tagsOf(2)).toEqual([c.id]);
		});

		it('keeps its documents where an earlier item has given up the other tag', async () => {
			const [a, b, c] = [await tag('A'), await tag('B'), await tag('C')];
			await tagDocument(2, [a.id]);

			const { json } = await run(engine, 'delete', deletion, {
				continueOnFail: true,
				items: [move(b.id, c.id), move(a.id, b.id)],
			});

			expect(json[0]).toMatchObject({ deleted: true });
			expect(json[1]?.error).toContain('deleted by another item');
			expect(await tagsOf(2)).toEqual([a.id]);
		});

		it('is not deleted where the server says that its documents have moved and they have not', async () => {
			const [a, b] = [await tag('A'), await tag('B')];
			await tagDocument(2, [a.id]);
			await sandbox.misbehave({
				kind: 'status',
				method: 'POST',
				status: 200,
				body: { result: 'OK' },
				path: 'documents/bulk_edit',
			});

			const { error } = await run(engine, 'delete', deletion, { items: [move(a.id, b.id)] });

			expect(error?.message).toContain('1 of 1 documents could not be moved');
			expect(await tagsOf(2)).toEqual([a.id]);
		});
	});
});
