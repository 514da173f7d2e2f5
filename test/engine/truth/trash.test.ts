import { byId, refusal, results, run, textFile } from '../../support/paperless.mts';
import type { Fault } from '../../support/sandbox.mts';
import { profiles } from '../../support/sandbox.mts';
import { simulatedTime } from '../../support/simulatedTime.mts';
import { useSandbox } from '../../support/useSandbox.mts';

const resource = 'trash';
const documentId = '={{ $json.id }}';
const itemsOf = (ids: readonly unknown[]) => ids.map((id) => ({ json: { id: id as number } }));
const idsIn = (rows: Array<{ id?: unknown }>) => rows.map(({ id }) => Number(id));

describe.each(profiles)('the trash on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let ids: number[];
	beforeEach(async () => {
		await sandbox.reset();
		ids = idsIn(await results(engine, 'getAll', { returnAll: true, sort: 'id' }));
	});
	afterEach(async () => await sandbox.behave());

	const remove = async (id: unknown) => await sandbox.api('DELETE', `documents/${String(id)}/`);
	const trashed = async () =>
		(await sandbox.api<{ results: Array<{ id: number }> }>('GET', 'trash/?page_size=100')).results;

	it('is listed in the order of deletion, not of the dates of the documents', async () => {
		const order = [ids[2], ids[0], ids[3], ids[1]];
		for (const id of order) await remove(id);

		const all = await results(engine, 'getAll', { resource, returnAll: true });
		const two = await results(engine, 'getAll', { resource, limit: 2 });

		expect(idsIn(all)).toEqual(order.toReversed());
		expect(idsIn(two)).toEqual(order.toReversed().slice(0, 2));
		expect(all[0]).not.toHaveProperty('content');
	});

	it('is listed with the text of the documents of the limit', async () => {
		for (const id of ids.slice(0, 3)) await remove(id);

		const [last] = await results(engine, 'getAll', {
			resource,
			limit: 1,
			options: { includeContent: true },
		});

		expect(last).toMatchObject({ id: ids[2], content: expect.stringMatching(/\w/) });
	});

	it.each([
		['restore', 'restored'],
		['deletePermanently', 'deleted'],
	])('%s reports each item, also where ids repeat or are wrong', async (operation, done) => {
		const [first, second, third] = ids;
		await remove(first);
		await remove(second);

		const { json } = await run(
			engine,
			operation,
			{ resource, documentId },
			{ items: itemsOf([first, 99999, second, 'x', first, third]), continueOnFail: true },
		);

		expect(json.map((item) => item[done] ?? String(item.error))).toEqual([
			true,
			expect.stringContaining('Document 99999 is not in the trash'),
			true,
			expect.stringContaining('is not an ID'),
			true,
			expect.stringContaining(`Document ${String(third)} is not in the trash`),
		]);
		expect(await trashed()).toEqual([]);
	});

	it.each([
		['restore', 'was not restored'],
		['deletePermanently', 'was not deleted permanently'],
	])('%s is not reported where the server only says so', async (operation, words) => {
		await remove(ids[0]);
		await sandbox.misbehave({
			kind: 'status',
			method: 'POST',
			path: 'trash/',
			status: 200,
			body: { result: 'OK', doc_ids: [ids[0]] },
		});

		const refused = await refusal(engine, operation, { resource, documentId: String(ids[0]) });

		expect(refused.message).toContain(`Document ${String(ids[0])} ${words}`);
		expect(refused.description).toContain('accepted the request');
	});
});

describe('versions in the trash of Paperless-ngx 3.0.5', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	let root: number;
	let neighbor: number;
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
		[root = 0, neighbor = 0] = idsIn(await results(engine, 'getAll', { limit: 2 }));
	});

	const addVersion = async (text: string) => {
		const items = [await textFile(engine, text, 'signed.txt')];
		const parameters = { resource: 'documentVersion', document: byId(root), label: text };
		const [uploaded] = await results(engine, 'upload', parameters, { items });
		return Number(uploaded?.version);
	};
	const deleteInBulk = async (...documents: number[]) =>
		await sandbox.api('POST', 'documents/bulk_edit/', {
			documents,
			method: 'delete',
			parameters: {},
		});
	const versionsOfRoot = async () =>
		(
			await sandbox.api<{ versions: Array<{ id: number }> }>('GET', `documents/${root}/`)
		).versions.map(({ id }) => id);
	const rows = async () =>
		idsIn((await sandbox.api<{ results: Array<{ id: number }> }>('GET', 'trash/')).results);

	it('come back with their document, however it was deleted', async () => {
		const version = await addVersion('Signed');
		await deleteInBulk(root, neighbor);

		const restored = await results(
			engine,
			'restore',
			{ resource, documentId },
			{ items: itemsOf([root, neighbor]) },
		);

		expect(restored).toEqual([
			{ id: root, restored: true },
			{ id: neighbor, restored: true },
		]);
		expect(await versionsOfRoot()).toEqual([version, root]);
		expect(await rows()).toEqual([]);
	});

	it('come back with a document that was deleted alone', async () => {
		const version = await addVersion('Signed');
		await sandbox.api('DELETE', `documents/${root}/`);

		const restored = await results(engine, 'restore', { resource, documentId: String(root) });

		expect(restored).toEqual([{ id: root, restored: true }]);
		expect(await versionsOfRoot()).toEqual([version, root]);
	});

	it('stay in the trash with a document that is not restored', async () => {
		const version = await addVersion('Signed');
		await deleteInBulk(root, neighbor);
		const pretended = { kind: 'status', method: 'POST', path: 'trash/', status: 200, body: {} };
		await sandbox.misbehave(pretended as Fault);

		const refused = await refusal(engine, 'restore', { resource, documentId: String(root) });

		expect(refused.message).toContain(`Document ${root} was not restored`);
		expect(await rows()).toEqual(expect.arrayContaining([root, version]));
	});

	it('that were deleted alone stay in the trash, and are reported', async () => {
		const [first, second] = [await addVersion('First'), await addVersion('Second')];
		await sandbox.api('DELETE', `documents/${root}/versions/${first}/`);
		await simulatedTime.pause(60_000);
		await deleteInBulk(root, neighbor);

		const restored = await results(engine, 'restore', { resource, documentId: String(root) });

		expect(restored).toEqual([{ id: root, restored: true, versions_in_trash: [first] }]);
		expect(await versionsOfRoot()).toEqual([second, root]);
	});

	it('are not listed, and do not count for the limit', async () => {
		for (const label of ['One', 'Two', 'Three']) {
			const version = await addVersion(label);
			await sandbox.api('DELETE', `documents/${root}/versions/${version}/`);
		}
		await sandbox.api('DELETE', `documents/${neighbor}/`);

		const listed = await results(engine, 'getAll', { resource, limit: 2 });

		expect(await rows()).toHaveLength(4);
		expect(idsIn(listed)).toEqual([neighbor]);
	});

	it.each(['restore', 'deletePermanently'])(
		'are refused by %s with the document that they belong to',
		async (operation) => {
			const version = await addVersion('Signed');
			await sandbox.api('DELETE', `documents/${root}/`);
			await sandbox.forgetRequests();

			const refused = await refusal(engine, operation, {
				resource,
				documentId: String(version),
			});

			expect(refused.message).toContain(`Document ${version} is a version of document ${root}`);
			expect(refused.description).toContain(`Use the ID ${root}`);
			expect((await sandbox.requests()).every(({ method }) => method === 'GET')).toBe(true);
		},
	);

	it('are permanently deleted with their document', async () => {
		await addVersion('Signed');
		await deleteInBulk(root, neighbor);

		const deleted = await results(engine, 'deletePermanently', {
			resource,
			documentId: String(root),
		});

		expect(deleted).toEqual([{ deleted: true, id: root }]);
		expect(await rows()).toEqual([neighbor]);
	});

	it.each([
		['update', { updateFields: { title: 'New' } }],
		['delete', {}],
	])('and elsewhere are no documents: %s names the document', async (operation, parameters) => {
		const version = await addVersion('Signed');

		const refused = await refusal(engine, operation, { document: byId(version), ...parameters });

		expect(refused.message).toContain(
			`There is no document ${version}: ${version} is now a version of ${root}`,
		);
		expect(refused.description).toContain(`Use the ID ${root}`);
	});
});
