import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

type Person = 'admin' | 'clerk';
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
		// The clerk may change documents that the admin owns.
		await send('PATCH', `users/${await named('users', 'clerk')}/`, { is_superuser: true });
	});

	const send = async (method: string, path: string, body: object, person: Person = 'admin') => {
		const headers = {
			authorization: `Token ${sandbox.tokens[person]}`,
			'content-type': 'application/json',
		};
		const url = `${sandbox.url}/api/${path}`;
		const reply = await fetch(url, { method, headers, body: JSON.stringify(body) });
		if (!reply.ok) throw new Error(`${method} ${path}: ${await reply.text()}`);
	};
	const change = async (changes: object, person?: Person, id = document) =>
		await send('PATCH', `documents/${id}/`, changes, person);
	const bulk = async (method: string, parameters: object, person?: Person) =>
		await send(
			'POST',
			'documents/bulk_edit/',
			{ documents: [document], method, parameters },
			person,
		);
	const note = async (text: string, person?: Person) =>
		await send('POST', `documents/${document}/notes/`, { note: text }, person);
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
	/** A trigger that polled before and after these changes. */
	const started = async (changes: INodeParameters = {}, before?: object) => {
		const trigger = triggerWith(changes);
		await trigger.poll();
		if (before) {
			await change(before);
			await trigger.poll();
		}
		return trigger;
	};
	/** A trigger without pictures, as if the documents had changed too long ago. */
	const forgetful = async (changes: INodeParameters = {}) => {
		const { state } = (await started(changes)).memory as { state: IDataObject };
		return triggerWith(changes, { state: { ...state, pictures: [] } });
	};
	const changesOf = (items: IDataObject[]) => items.map(({ changes }) => changes);

	describe.each([
		['with a picture', started],
		['without a picture', forgetful],
	])('of a document %s', (_, begun) => {
		it('shows old and new values of fields, with names, and who changed them', async () => {
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

		it('shows all changes between two polls as one, not each step', async () => {
			const trigger = await begun();
			const [inbox, invoice] = [await named('tags', 'Inbox'), await named('tags', 'invoice')];

			await change({ title: 'Between', tags: [inbox, invoice] });
			await change({ title: 'After' }, 'clerk');
			await change({ tags: [inbox] });

			const [item] = await trigger.poll();
			expect(item?.changes).toEqual({ title: { from: 'Library card', to: 'After' } });
			expect(item?.changed_by).toEqual(['admin', 'clerk']);
		});

		it('shows custom fields by name, and select options by label', async () => {
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

		it('shows a note by its ID', async () => {
			const trigger = await begun();

			await note('Look at this');
			const [{ id } = { id: 0 }] = await sandbox.api<Array<{ id: number }>>(
				'GET',
				`documents/${document}/notes/`,
			);

			expect(changesOf(await trigger.poll())).toEqual([{ notes: { added: [id], removed: [] } }]);
		});

		it('shows that the text changed', async () => {
			const trigger = await begun();

			await change({ content: 'Read better' });

			expect(changesOf(await trigger.poll())).toEqual([{ content: true }]);
		});

		it('shows that a document was restored from the trash', async () => {
			const trigger = await begun();
			const trashed = { documents: [document], action: 'restore' };

			await sandbox.api('DELETE', `documents/${document}/`);
			await sandbox.api('POST', 'trash/', trashed);

			expect(changesOf(await trigger.poll())).toEqual([{ restored: true }]);
		});
	});

	it('shows which tags a bulk edit added and removed', async () => {
		const invoice = await named('tags', 'invoice');
		const household = await named('tags', 'Household');
		const trigger = await started({}, { tags: [invoice] });

		await bulk('modify_tags', { add_tags: [household], remove_tags: [invoice] });

		expect(changesOf(await trigger.poll())).toEqual([
			{ tags: { added: ['Household'], removed: ['invoice'] } },
		]);
	});

	it('says that tags may have changed when only the history of a bulk edit shows it', async () => {
		const trigger = await forgetful();

		await bulk('add_tag', { tag: await named('tags', 'Household') });

		expect(changesOf(await trigger.poll())).toEqual([{ uncertain: ['tags', 'content'] }]);
	});

	it('shows a removed custom field, which leaves no history entry', async () => {
		const field = await named('custom_fields', 'Reference');
		const trigger = await started({}, { custom_fields: [{ field, value: '2024-1' }] });

		await change({ custom_fields: [] });

		expect(changesOf(await trigger.poll())).toEqual([
			{ custom_fields: { Reference: { from: '2024-1', to: null } } },
		]);
	});

	it('costs one request per document', async () => {
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

	it('costs no request when it does not match the filters', async () => {
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

	it('is shown from its history by a test in the editor, which saves nothing', async () => {
		const trigger = triggerWith();
		await change({ title: 'Between' });
		await change({ title: 'After' });

		const [item] = await trigger.poll('manual');

		expect(item).toMatchObject({ event: 'documentUpdated', id: document, changed_by: ['admin'] });
		expect(item?.changes).toMatchObject({ title: { to: 'After' } });
		expect(trigger.memory).toEqual({});
	});

	it('is not described, and costs no request, when that is switched off', async () => {
		const trigger = await started({ include: false });

		await change({ title: 'After' });
		const [item] = await trigger.poll();

		expect(item).toMatchObject({ id: document, title: 'After' });
		expect(item).not.toHaveProperty('changes');
		const seen = await sandbox.requests();
		expect(seen.filter(({ path }) => path.endsWith('/history/'))).toEqual([]);
	});

	it('costs no history when changes by oneself are not skipped either', async () => {
		const trigger = await forgetful({ include: false, skipOwn: false });

		await change({ title: 'After' });

		expect((await trigger.poll()).map(({ id }) => id)).toEqual([document]);
		const seen = await sandbox.requests();
		expect(seen.filter(({ path }) => path.endsWith('/history/'))).toEqual([]);
	});

	it('costs no history where the document as it is decides', async () => {
		const trigger = await forgetful({ addedTags: ['invoice'] });

		await change({ title: 'After' });
		await change({ title: 'After too' }, 'admin', other);

		expect(await trigger.poll()).toEqual([]);
		const seen = await sandbox.requests();
		expect(seen.filter(({ path }) => path.endsWith('/history/'))).toEqual([]);
	});

	it('costs no history where its picture tells all that is asked', async () => {
		const trigger = await started({ include: false, addedTags: ['invoice'] });
		const tags = [await named('tags', 'invoice')];

		await change({ tags });
		await change({ title: 'After too' }, 'admin', other);
		const items = await trigger.poll();

		expect(items.map(({ id }) => id)).toEqual([document]);
		expect(items[0]).not.toHaveProperty('changed_by');
		const seen = await sandbox.requests();
		expect(seen.filter(({ path }) => path.endsWith('/history/'))).toEqual([]);
	});

	it('is reported with its history where only that tells what the condition asks', async () => {
		const trigger = await started({ include: false, changed: ['content'] });

		await change({ content: 'Another text' });
		await change({ title: 'After too' }, 'admin', other);

		expect((await trigger.poll()).map(({ id }) => id)).toEqual([document]);
	});

	it('is described as far as possible without the permission to view the history', async () => {
		const trigger = await started();
		await sandbox.misbehave({ kind: 'status', status: 403, path: '/history/', times: 100 });

		await change({ title: 'After' });
		const [item] = await trigger.poll();

		expect(item?.changes).toEqual({ title: { from: 'Library card', to: 'After' } });
		expect(item?.changed_by).toEqual([]);
	});

	describe('that must meet a condition', () => {
		it.each([
			['a tag that was added', { addedTags: ['invoice'] }],
			['a tag that was removed', { removedTags: ['Household'] }],
			['a custom field', { changedCustomFields: ['Status'] }],
			['a field', { changed: ['correspondent'] }],
		])('on %s is the only one that is reported', async (_, conditions) => {
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

		it('on a tag that does not exist is rejected when the workflow is activated', async () => {
			await expect(triggerWith({ addedTags: ['invoise'] }).poll()).rejects.toThrow(
				/There is no tag “invoise”/,
			);
		});

		it('is reported when nothing is certain, unless the document contradicts it', async () => {
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

	describe('made by the token’s user', () => {
		const skipping = { skipOwn: true };

		it('is skipped, and an update by somebody else is not', async () => {
			const trigger = await started(skipping);

			await change({ title: 'Mine' });
			await bulk('add_tag', { tag: await named('tags', 'Household') });
			const mine = await trigger.poll();
			await change({ title: 'Theirs' }, 'clerk');

			expect(mine).toEqual([]);
			expect(changesOf(await trigger.poll())).toEqual([{ title: { from: 'Mine', to: 'Theirs' } }]);
		});

		it('is reported together with an update by somebody else', async () => {
			const trigger = await started(skipping);

			await change({ title: 'Mine' });
			await change({ archive_serial_number: 4711 }, 'clerk');

			expect(await trigger.poll()).toEqual([
				expect.objectContaining({ changed_by: ['admin', 'clerk'] }),
			]);
		});

		it('is recognized for a note by its author', async () => {
			const trigger = await started(skipping);

			await note('Mine');
			const mine = await trigger.poll();
			await note('Theirs', 'clerk');

			expect(mine).toEqual([]);
			expect(await trigger.poll()).toHaveLength(1);
		});

		it('is reported when the history does not contain all changes', async () => {
			const field = await named('custom_fields', 'Reference');
			const trigger = await started(skipping, { custom_fields: [{ field, value: '2024-1' }] });

			await change({ title: 'Mine', custom_fields: [] });

			expect(await trigger.poll()).toHaveLength(1);
		});

		it('cannot be recognized without the history, which is reported at activation', async () => {
			await sandbox.misbehave({ kind: 'status', status: 403, path: '/history/', times: 100 });

			await expect(triggerWith(skipping).poll()).rejects.toThrow(
				/“Skip Changes Made by Me”: The history of documents is not readable/,
			);
		});
	});

	it('leaves a state of bounded size, for any number of changed documents', async () => {
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

it('1,000 updates are compared with a condition on tags in at most 40 requests', async () => {
	const sandbox = await Sandbox.start('3.0.5');
	try {
		await sandbox.seed({ documents: 1_000, correspondents: 1, tags: 2, contentLength: 10 });
		const trigger = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events: ['documentUpdated'], changes: { addedTags: ['invoice'], include: false } },
			{},
		);
		await trigger.poll();
		const { results } = await sandbox.api<{ results: Row[] }>(
			'GET',
			'documents/?fields=id&page_size=10000',
		);
		const headers = {
			authorization: `Token ${sandbox.tokens.admin}`,
			'content-type': 'application/json',
		};
		const body = {
			documents: results.map(({ id }) => id),
			method: 'set_document_type',
			parameters: { document_type: 1 },
		};
		const reply = await fetch(`${sandbox.url}/api/documents/bulk_edit/`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
		await sandbox.forgetRequests();

		await trigger.poll();

		expect(reply.ok).toBe(true);
		expect((await sandbox.requests()).length).toBeGreaterThan(5);
		expect((await sandbox.requests()).length).toBeLessThanOrEqual(40);
	} finally {
		await sandbox.close();
	}
}, 60_000);
