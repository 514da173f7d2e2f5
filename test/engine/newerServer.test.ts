import { fixtureItem } from '../support/fixtures.mts';
import { byId, byName, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe('a server that is newer than this package', () => {
	const { sandbox, engine } = useSandbox('3.9.0');
	beforeEach(async () => await sandbox.reset());

	const writes = async () =>
		(await sandbox.requests())
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => `${method} ${path.replace('/api/', '')}`);

	const addVersion = async (id: number) => {
		const parameters = { resource: 'documentVersion', document: byId(id) };
		const items = [await textFile(engine, `Version of ${id}`)];
		const [{ version } = { version: undefined }] = await results(engine, 'upload', parameters, {
			items,
		});
		return version;
	};

	it('deletes documents with versions by one request, and restores them whole', async () => {
		const version = await addVersion(4);
		await sandbox.forgetRequests();
		const items = [4, 6].map((id) => ({ json: { id } }));
		const documentId = '={{ $json.id }}';

		await results(
			engine,
			'delete',
			{ document: { mode: 'id', value: documentId, __rl: true } },
			{ items },
		);
		const deletions = await writes();
		const refused = await refusal(engine, 'restore', {
			resource: 'trash',
			documentId: String(version),
		});
		await results(engine, 'restore', { resource: 'trash', documentId: '4' });
		const { versions } = await sandbox.api<{ versions: Array<{ id: number }> }>(
			'GET',
			'documents/4/',
		);

		expect(deletions).toEqual(['POST documents/delete/']);
		expect(refused.message).toContain(`Document ${version} is a version of document 4`);
		expect(versions.map(({ id }) => id)).toEqual([version, 4]);
	});

	it('reads documents again by remote OCR where this is asked for', async () => {
		const reprocess = { resource: 'documentBulk', target: 'ids' };
		const remotely = { options: { useRemoteOcr: true } };
		const items = [
			{ json: { ids: '2', remote: true } },
			{ json: { ids: '3', remote: false } },
			{ json: { ids: '4', remote: true } },
		];
		const parameters = {
			...reprocess,
			documentIds: '={{ $json.ids }}',
			options: { useRemoteOcr: '={{ $json.remote }}' },
		};
		await sandbox.forgetRequests();

		const queued = await results(engine, 'reprocess', parameters, { items });
		const sent = (await sandbox.requests())
			.filter(({ path }) => path.endsWith('/reprocess/'))
			.map((request) => request.sent);

		expect(queued).toEqual([2, 3, 4].map((id) => ({ id, queued: true })));
		expect(sent).toEqual([{ documents: [2, 4], remote_ocr: true }, { documents: [3] }]);
		for (const profile of profiles) {
			const old = await Sandbox.start(profile);
			const asked = { ...reprocess, ...remotely, documentIds: '2' };
			const { message } = await refusal(engineFor(old), 'reprocess', asked);
			await old.close();
			expect(message).toContain('Remote OCR of chosen documents needs Paperless-ngx 3.1');
		}
	});

	it('counts the pages of a PDF where the server does not', async () => {
		const item = await fixtureItem(engine, 'encrypted.pdf', 'application/pdf');
		const [locked] = await results(engine, 'upload', {}, { items: [item] });
		const pdf = { resource: 'pdf', document: byId(5) };

		const { message } = await refusal(engine, 'deletePages', { ...pdf, pages: '5' });
		const protectedOne = await refusal(engine, 'rotate', { ...pdf, document: byId(locked?.id) });
		const [changed] = await results(engine, 'deletePages', { ...pdf, pages: '2-3' });

		expect(message).toContain('There is no page 5');
		expect(protectedOne.message).toContain('cannot open the PDF of document');
		expect(changed).toMatchObject({ status: 'done', id: 5 });
	});

	it('reads a query as 2.x did, and its refusals', async () => {
		const found = async (searchText: string) =>
			(await results(engine, 'getAll', { searchMode: 'paperlessQuery', searchText })).length;
		await sandbox.misbehave({
			path: '/documents/$',
			kind: 'status',
			status: 400,
			body: { query: ['Range queries need a number'] },
		});

		const refused = await refusal(engine, 'getAll', {
			searchMode: 'paperlessQuery',
			searchText: 'asn:abc',
		});

		expect(refused.message).toContain('does not understand the query “asn:abc”');
		expect(refused.description).toContain('Range queries need a number');
		expect(await found('invo*')).toBeGreaterThan(0);
		expect(await found('invoice library')).toBe(0);
	});

	it.each([
		['getAll', { searchMode: 'allWords' }],
		['global', { resource: 'search' }],
	])('%s refuses a search that is too long before it is sent', async (operation, more) => {
		const parameters = { ...more, searchText: 'water '.repeat(700) };
		await results(engine, 'getAll', { limit: 1 });
		await sandbox.forgetRequests();

		const refused = await refusal(engine, operation, parameters);
		const other = await Sandbox.start('3.0.5');
		const { error } = await run(engineFor(other), operation, parameters);
		await other.close();

		expect(refused.message).toMatch(
			/^“Search Text”: The search is too long: it has \d{4} characters$/,
		);
		expect(refused.description).toContain('at most 4096');
		expect(await sandbox.requests()).toEqual([]);
		expect(error).toBeUndefined();
	});

	it('names the owner where only the owner may set permissions', async () => {
		const permissions = { viewUsers: 'reader' };
		const tag = { resource: 'tag', tag: byName('invoice'), permissions };
		await sandbox.api('PATCH', 'tags/2/', {
			owner: 2,
			set_permissions: { view: { users: [4], groups: [] }, change: { users: [4], groups: [] } },
		});
		await sandbox.api('PATCH', 'users/4/', {
			user_permissions: ['view_user', 'view_group', 'view_tag', 'change_tag', 'view_uisettings'],
		});

		const refused = await refusal(engineFor(sandbox, 'clerk'), 'setPermissions', tag);

		expect(refused.description).toContain('only the owner of the object may do this');
	});

	it('refuses a saved view with an unknown rule', async () => {
		const refused = await refusal(engine, 'getDocuments', {
			resource: 'savedView',
			savedView: byName('Of tomorrow'),
		});

		expect(refused.message).toBe(
			'The saved view “Of tomorrow” has a rule that this node does not know',
		);
		expect(refused.description).toContain('Update the node');
	});

	it('sets a custom field of an unknown type, and does not compare it', async () => {
		const customFields = { value: { 11: '4006381333931' } };
		await results(engine, 'update', { document: byId(5), customFields });
		const [document] = await results(engine, 'get', { document: byId(5) });
		const rows = [{ field: 'Barcode', operator: 'equals', value: 'x' }];
		const groups = [{ match: 'all', conditions: { rows } }];
		const refused = await refusal(engine, 'getAll', {
			filters: { customFieldConditions: { groups } },
		});

		expect(document?.custom_fields).toEqual({ Barcode: '4006381333931' });
		expect(refused.description).toContain(
			'This node does not know its type, “barcode”. Update the node',
		);
	});

	it('moves a workflow with unknown types as it is', async () => {
		const [read] = await results(engine, 'get', {
			resource: 'workflow',
			workflow: byName('Of tomorrow'),
		});

		const [made] = await results(engine, 'create', {
			resource: 'workflow',
			workflowJson: JSON.stringify({ ...read, name: 'Moved' }),
		});

		expect(made).toMatchObject({ triggers: [{ type: 99 }], actions: [{ type: 99 }] });
	});

	it('downloads a text whose type names its character set', async () => {
		const { items } = await run(engine, 'download', { document: byId(6) });

		expect(items[0]?.binary?.data).toMatchObject({ mimeType: 'text/plain' });
	});

	it.each([
		'consumptionFailed',
		'documentAdded',
		'documentDeleted',
		'documentUpdated',
		'newInboxDocument',
		'newVersionAvailable',
		'storageLow',
		'systemStatusChanged',
		'taskFailed',
	])('does not stop the trigger for %s', async (event) => {
		const credentials = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin };
		const trigger = new PollingTrigger(credentials, { events: [event] });
		await trigger.poll();
		await sandbox.api('PATCH', 'documents/5/', { title: 'New' });
		await sandbox.api('DELETE', 'documents/6/');
		trigger.passTime(10);

		const reported = (await trigger.poll()).map((item) => item.event);

		expect(reported).toEqual(/Deleted|Updated/.test(event) ? [event] : []);
	});
});
