import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

type Who = 'admin' | 'clerk';
type Row = { id: number; name?: string; title?: string; username?: string };

describe.each(profiles)('an update on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let document: number;
	let other: number;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		document = await named('documents', 'Library card');
		other = await named('documents', 'Yearly report');
		// One who may change what admin owns.
		await send('PATCH', `users/${await named('users', 'clerk')}/`, { is_superuser: true });
	});

	const send = async (method: string, path: string, body: object, who: Who = 'admin') => {
		const headers = {
			authorization: `Token ${sandbox.tokens[who]}`,
			'content-type': 'application/json',
		};
		const url = `${sandbox.url}/api/${path}`;
		const reply = await fetch(url, { method, headers, body: JSON.stringify(body) });
		if (!reply.ok) throw new Error(`${method} ${path}: ${await reply.text()}`);
	};
	const change = async (changes: object, who?: Who, id = document) =>
		await send('PATCH', `documents/${id}/`, changes, who);
	const bulk = async (method: string, parameters: object, who?: Who) =>
		await send('POST', 'documents/bulk_edit/', { documents: [document], method, parameters }, who);
	const note = async (text: string, who?: Who) =>
		await send('POST', `documents/${document}/notes/`, { note: text }, who);
	const named = async (kind: string, name: string): Promise<number> => {
		const path = `${kind}/?page_size=1000`;
		const { results: rows } = await sandbox.api<{ results: Row[] }>('GET', path);
		const found = rows.find((row) => [row.name, row.title, row.username].includes(name));
		if (found === undefined) throw new Error(`There is no “${name}” among the ${kind}`);
		return found.id;
	};

	const triggerWith = (
		changes: INodeParameters = {},
		memory: IDataObject = {},
		more: INodeParameters = {},
	) =>
		new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events: ['documentUpdated'], changes, ...more },
			memory,
		);
	/** One that has seen these changes before. */
	const started = async (changes: INodeParameters = {}, before?: object) => {
		const trigger = triggerWith(changes);
		await trigger.poll();
		if (before) {
			await change(before);
			await trigger.poll();
		}
		return trigger;
	};
	/** As one whose documents changed so long ago that it does not know what they were like. */
	const forgetful = async (changes: INodeParameters = {}) => {
		const { state } = (await started(changes)).memory as { state: IDataObject };
		return triggerWith(changes, { state: { ...state, pictures: [] } });
	};
	const changesOf = (items: IDataObject[]) => items.map(({ changes }) => changes);

	describe.each([
		['that the trigger remembers', started],
		['of which only the history tells', forgetful],
	])('of a document %s', (_, begun) => {
		it('says from what to what its fields changed, by their names, and who did it', async () => {
			const trigger = await begun();

			await change({
				title: 'After',
				correspondent: await named('correspondents', 'Power Company Ltd'),
				tags: [await named('tags', 'invoice')],
			});
			const [item] = await trigger.poll();

			expect(item).toMatchObject({ event: 'documentUpdated', id: document, changed_by: ['admin'] });
			expect(item?.changes).toEqual({
				title: { from: 'Library card', to: 'After' },
				correspondent: { from: 'City Library', to: 'Power Company Ltd' },
				tags: { added: ['invoice'], removed: ['Inbox'] },
			});
		});

		it('says what changed in all between two polls, not each step', async () => {
			const trigger = await begun();
			const [inbox, invoice] = [await named('tags', 'Inbox'), await named('tags', 'invoice')];

			await change({ title: 'Between', tags: [inbox, invoice] });
			await change({ title: 'After' }, 'clerk');
			await change({ tags: [inbox] });

			const [item] = await trigger.poll();
			expect(item?.changes).toEqual({ title: { from: 'Library card', to: 'After' } });
			expect(item?.changed_by).toEqual(['admin', 'clerk']);
		});

		it('gives custom fields by name, and select options by label', async () => {
			const trigger = await begun();
			const status = await named('custom_fields', 'Status');
			const { extra_data: extra } = await sandbox.api<{
				extra_data: { select_options: Array<{ id: string; label: string }> };
			}>('GET', `custom_fields/${status}/`);
			const [option] = extra.select_options;

			await change({ custom_fields: [{ field: status, value: option?.id }] });

			expect(changesOf(await trigger.poll())).toEqual([
				{ custom_fields: { Status: { from: null, to: option?.label } } },
			]);
		});

		it('tells of a note by its ID', async () => {
			const trigger = await begun();

			await note('Look at this');
			const [{ id } = { id: 0 }] = await sandbox.api<Array<{ id: number }>>(
				'GET',
				`documents/${document}/notes/`,
			);

			expect(changesOf(await trigger.poll())).toEqual([{ notes: { added: [id], removed: [] } }]);
		});

		it('tells of a changed text', async () => {
			const trigger = await begun();

			await change({ content: 'Read better' });

			expect(changesOf(await trigger.poll())).toEqual([{ content: true }]);
		});

		it('tells of a document that came back from the trash', async () => {
			const trigger = await begun();
			const trashed = { documents: [document], action: 'restore' };

			await sandbox.api('DELETE', `documents/${document}/`);
			await sandbox.api('POST', 'trash/', trashed);

			expect(changesOf(await trigger.poll())).toEqual([{ restored: true }]);
		});
	});

	it('says which tags a bulk edit added and removed', async () => {
		const invoice = await named('tags', 'invoice');
		const household = await named('tags', 'Household');
		const trigger = await started({}, { tags: [invoice] });

		await bulk('modify_tags', { add_tags: [household], remove_tags: [invoice] });

		expect(changesOf(await trigger.poll())).toEqual([
			{ tags: { added: ['Household'], removed: ['invoice'] } },
		]);
	});

	it('says that tags changed in an unknown way where only a bulk edit tells of it', async () => {
		const trigger = await forgetful();

		await bulk('add_tag', { tag: await named('tags', 'Household') });

		expect(changesOf(await trigger.poll())).toEqual([{ uncertain: ['tags', 'content'] }]);
	});

	it('tells of a removed custom field, of which no history tells', async () => {
		const field = await named('custom_fields', 'Reference');
		const trigger = await started({}, { custom_fields: [{ field, value: '2024-1' }] });

		await change({ custom_fields: [] });

		expect(changesOf(await trigger.poll())).toEqual([
			{ custom_fields: { Reference: { from: '2024-1', to: null } } },
		]);
	});

	it('is described by one request a document', async () => {
		const trigger = await started();
		await sandbox.forgetRequests();

		await change({ title: 'After' });
		await change({ title: 'After too' }, 'admin', other);
		await trigger.poll();

		const paths = (await sandbox.requests())
			.filter(({ method }) => method === 'GET')
			.map(({ path }) => path.replace('/api/', ''));
		const names = ['correspondents/', 'document_types/', 'tags/'];
		const histories = [document, other].map((id) => `documents/${id}/history/`);
		expect(paths.sort()).toEqual(
			[...names, ...histories, 'documents/', 'documents/', 'documents/'].sort(),
		);
	});

	it('is not looked at more closely where it does not meet the filters', async () => {
		const trigger = triggerWith({}, {}, { filters: { ids: String(other) } });
		await trigger.poll();

		await change({ title: 'After' });
		await change({ title: 'After too' }, 'admin', other);
		const reported = await trigger.poll();

		expect(reported.map(({ id }) => id)).toEqual([other]);
		const seen = (await sandbox.requests()).map(({ path }) => path);
		expect(seen.filter((path) => path.endsWith('/history/'))).toEqual([
			`/api/documents/${other}/history/`,
		]);
	});

	it('is shown by a test in the editor as its history tells it, and remembered by nobody', async () => {
		const trigger = triggerWith();
		await change({ title: 'Between' });
		await change({ title: 'After' });

		const [item] = await trigger.poll('manual');

		expect(item).toMatchObject({ event: 'documentUpdated', id: document, changed_by: ['admin'] });
		expect(item?.changes).toMatchObject({ title: { to: 'After' } });
		expect(trigger.memory).toEqual({});
	});

	it('is not described, and costs no more, where that is switched off', async () => {
		const trigger = await started({ include: false });

		await change({ title: 'After' });
		const [item] = await trigger.poll();

		expect(item).toMatchObject({ id: document, title: 'After' });
		expect(item).not.toHaveProperty('changes');
		const seen = await sandbox.requests();
		expect(seen.filter(({ path }) => path.endsWith('/history/'))).toEqual([]);
	});

	it('is described as far as it can be to who may not view the history', async () => {
		const trigger = await started();
		await sandbox.misbehave({ kind: 'status', status: 403, path: '/history/', times: 100 });

		await change({ title: 'After' });
		const [item] = await trigger.poll();

		expect(item?.changes).toEqual({ title: { from: 'Library card', to: 'After' } });
		expect(item?.changed_by).toEqual([]);
	});

	describe('that is looked for', () => {
		it.each([
			['a tag that was added', { addedTags: ['invoice'] }],
			['a tag that was removed', { removedTags: ['Household'] }],
			['a custom field', { changedCustomFields: ['Status'] }],
			['a field', { changed: ['correspondent'] }],
		])('by %s lets the others pass by', async (_, conditions) => {
			const ids = {
				invoice: await named('tags', 'invoice'),
				household: await named('tags', 'Household'),
				status: await named('custom_fields', 'Status'),
				power: await named('correspondents', 'Power Company Ltd'),
			};
			const trigger = await started(conditions, { tags: [ids.household] });

			await change({ title: 'Something else' });
			const before = await trigger.poll();
			await change({
				tags: [ids.invoice],
				correspondent: ids.power,
				custom_fields: [{ field: ids.status, value: null }],
			});
			const after = await trigger.poll();

			expect(before).toEqual([]);
			expect(after.map(({ id }) => id)).toEqual([document]);
			expect(await trigger.poll()).toEqual([]);
		});

		it('by a tag that does not exist is refused when the workflow is activated', async () => {
			await expect(triggerWith({ addedTags: ['invoise'] }).poll()).rejects.toThrow(
				/There is no tag “invoise”/,
			);
		});

		it('is reported where nobody knows, unless what the document is now speaks against it', async () => {
			const invoice = await named('tags', 'invoice');
			const household = await named('tags', 'Household');
			const trigger = await forgetful({ addedTags: ['invoice'] });

			await bulk('add_tag', { tag: household });
			const unlike = await trigger.poll();
			const again = await forgetful({ addedTags: ['invoice'] });
			await bulk('add_tag', { tag: invoice });

			expect(unlike).toEqual([]);
			expect((await again.poll()).map(({ id }) => id)).toEqual([document]);
		});
	});

	describe('made by the token’s own user', () => {
		const own = { skipOwn: true };

		it('is skipped, and that of somebody else is not', async () => {
			const trigger = await started(own);

			await change({ title: 'Mine' });
			await bulk('add_tag', { tag: await named('tags', 'Household') });
			const mine = await trigger.poll();
			await change({ title: 'Theirs' }, 'clerk');

			expect(mine).toEqual([]);
			expect(changesOf(await trigger.poll())).toEqual([{ title: { from: 'Mine', to: 'Theirs' } }]);
		});

		it('is reported together with that of somebody else', async () => {
			const trigger = await started(own);

			await change({ title: 'Mine' });
			await change({ archive_serial_number: 4711 }, 'clerk');

			expect(await trigger.poll()).toEqual([
				expect.objectContaining({ changed_by: ['admin', 'clerk'] }),
			]);
		});

		it('is known for a note by its author', async () => {
			const trigger = await started(own);

			await note('Mine');
			const mine = await trigger.poll();
			await note('Theirs', 'clerk');

			expect(mine).toEqual([]);
			expect(await trigger.poll()).toHaveLength(1);
		});

		it('is reported where the history does not tell of all that changed', async () => {
			const field = await named('custom_fields', 'Reference');
			const trigger = await started(own, { custom_fields: [{ field, value: '2024-1' }] });

			await change({ title: 'Mine', custom_fields: [] });

			expect(await trigger.poll()).toHaveLength(1);
		});

		it('cannot be known without the history, which is said when the workflow is activated', async () => {
			await sandbox.misbehave({ kind: 'status', status: 403, path: '/history/', times: 100 });

			await expect(triggerWith(own).poll()).rejects.toThrow(
				/“Skip Changes Made by Me”: The history of documents is not readable/,
			);
		});
	});

	it('leaves a memory of bounded size, however many documents change', async () => {
		await sandbox.seed({ documents: 250 });
		const trigger = await started();
		const all = await sandbox.api<{ results: Row[] }>('GET', 'documents/?page_size=1000&fields=id');
		const documents = all.results.map(({ id }) => id);
		const { id: tag } = await sandbox.api('POST', 'tags/', { name: 'Nobody has it' });

		await send('POST', 'documents/bulk_edit/', {
			documents,
			method: 'add_tag',
			parameters: { tag },
		});
		const reported = await trigger.poll();

		const { state } = trigger.memory as { state: { pictures: unknown[] } };
		expect(reported).toHaveLength(documents.length);
		expect(state.pictures).toHaveLength(200);
		expect(JSON.stringify(state).length).toBeLessThan(60_000);
	});
});
