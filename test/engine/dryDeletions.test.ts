import type { IDataObject } from 'n8n-workflow';
import { addMail, addProcessedMail } from '../support/mail.mts';
import { byId, byName, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const dry = { dryRun: true };

describe.each(profiles)('a dry run of a deletion on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await addMail(sandbox);
		await sandbox.forgetRequests();
	});
	afterEach(async () => {
		const requests = await sandbox.requests();
		expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('says which documents would go to the trash, and which do not exist', async () => {
		const items = [2, 999].map((id) => ({ json: { id } }));
		const { json, refused } = await run(
			engine,
			'delete',
			{ document: { __rl: true, mode: 'id', value: '={{ $json.id }}' }, ...dry },
			{ items, errorOutput: true },
		);

		expect(json).toMatchObject([
			{ deleted: false, dry_run: true, id: 2, title: 'Power invoice 1/2024' },
		]);
		expect(JSON.stringify(refused)).toContain('There is no document 999');
	});

	it('says which of many documents would go to the trash, and which do not exist', async () => {
		const told = await results(engine, 'delete', {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '2, 5, 999',
			...dry,
		});

		expect(told).toMatchObject([
			{ id: 2, title: 'Power invoice 1/2024', deleted: false, dry_run: true },
			{ id: 5, deleted: false, dry_run: true },
			{ id: 999, deleted: false, reason: 'There is no document 999' },
		]);
	});

	it('is permitted by a credential that is set to Read Only', async () => {
		const readOnly = engineFor(sandbox, 'admin', { readOnly: true });

		expect(await results(readOnly, 'delete', { document: byId(2), ...dry })).toHaveLength(1);
		const refused = await refusal(readOnly, 'delete', { document: byId(2) });
		expect(refused.message).toBe('The credential is set to Read Only');
	});

	it.each([
		['correspondent', 'City Library'],
		['documentType', 'Letter'],
		['storagePath', 'By year'],
		['customField', 'Reference'],
		['tag', 'invoice'],
	])('of a %s says how many documents have it', async (resource, name) => {
		const [told] = await results(engine, 'delete', { resource, [resource]: byName(name), ...dry });

		expect(told).toMatchObject({ deleted: false, dry_run: true, name });
		expect(told?.documents).toBeGreaterThan(0);
	});

	it('of an option of a custom field says how many documents would lose it', async () => {
		const asked = {
			resource: 'customField',
			customField: byName('Status'),
			updateFields: { removeOptions: 'Done', name: 'State' },
		};
		const { results: fields } = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			'custom_fields/',
		);
		const statusField = String(fields.find(({ name }) => name === 'Status')?.id);
		for (const id of [2, 4])
			await results(engine, 'update', {
				document: byId(id),
				customFields: { mappingMode: 'defineBelow', value: { [statusField]: 'Done' } },
			});
		await sandbox.forgetRequests();

		const [told] = await results(engine, 'update', { ...asked, ...dry });
		const unknown = await refusal(engine, 'update', {
			...asked,
			updateFields: { removeOptions: 'Lost' },
			...dry,
		});

		expect(told).toMatchObject({
			name: 'Status',
			updated: false,
			dry_run: true,
			changes: { name: { from: 'Status', to: 'State' } },
			documents_losing_values: { Done: 2 },
		});
		expect(unknown.message).toContain('has no option “Lost”');
	});

	it('of an unknown name finds that', async () => {
		const refused = await refusal(engine, 'delete', {
			resource: 'correspondent',
			correspondent: byName('City Librry'),
			...dry,
		});

		expect(refused.message).toContain('City Librry');
	});

	it('of a mail account names its rules', async () => {
		const [told] = await results(engine, 'delete', {
			resource: 'mailAccount',
			mailAccount: byName('Office'),
			...dry,
		});

		expect(told).toMatchObject({ deleted: false, name: 'Office', rules: ['Invoices', 'Receipts'] });
	});

	it('of a user says what would belong to nobody', async () => {
		const parameters = { resource: 'user', user: byName('clerk'), ...dry };
		const options = { deleteOwner: true };
		const [told] = await results(engine, 'delete', { ...parameters, options });

		expect(told).toMatchObject({ deleted: false, name: 'clerk', left_without_owner: [] });
	});

	it('of notes shows their texts', async () => {
		const text = 'Ask about the meter number';
		const [told] = await results(engine, 'delete', {
			resource: 'note',
			document: byId(2),
			deleteBy: 'text',
			text,
			...dry,
		});

		expect(told).toMatchObject({ deleted: false, document: 2, note: text });
	});
});

describe.each(profiles)('a dry run after some work, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());

	const told = async (parameters: IDataObject, operation = 'delete') => {
		await sandbox.forgetRequests();
		const output = await results(engine, operation, { ...parameters, ...dry });
		const requests = await sandbox.requests();
		expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		return output;
	};

	it('of a permanent deletion says which document would be gone', async () => {
		await sandbox.api('DELETE', 'documents/6/');

		const output = await told({ resource: 'trash', documentId: '6' }, 'deletePermanently');
		const refused = await refusal(engine, 'deletePermanently', {
			resource: 'trash',
			documentId: '5',
			...dry,
		});

		expect(output).toMatchObject([{ deleted: false, dry_run: true, id: 6 }]);
		expect(output[0]?.title).toEqual(expect.any(String));
		expect(refused.message).toContain('Document 5 is not in the trash');
	});

	it('of a share link shows the link', async () => {
		const link = { document: 5, file_version: 'archive', expiration: null };
		const { id } = await sandbox.api<{ id: number }>('POST', 'share_links/', link);

		const output = await told({ resource: 'shareLink', shareLinkId: String(id) });

		expect(output).toMatchObject([{ deleted: false, id, document: 5 }]);
		expect(output[0]?.url).toContain('/share/');
	});

	it('of a tag that gives its documents to another moves none', async () => {
		const output = await told({
			resource: 'tag',
			tag: byName('invoice'),
			options: { moveDocumentsTo: byName('Household') },
		});

		expect(output).toMatchObject([{ deleted: false, dry_run: true, name: 'invoice' }]);
		expect(output[0]?.documents_moved).toBeGreaterThan(0);
	});

	if (profile !== '2.15.3') {
		it('of a processed mail says which mail would be forgotten', async () => {
			await addProcessedMail(sandbox);

			const output = await told({ resource: 'processedMail', processedMailId: '1' });

			expect(output).toMatchObject([
				{ deleted: false, dry_run: true, id: 1, rule_name: 'Invoices', account_name: 'Office' },
			]);
		});

		it('of a tag names the tags below it', async () => {
			const parent = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Top' });
			await sandbox.api('POST', 'tags/', { name: 'Below', parent: parent.id });

			const options = { deleteChildren: true };
			const output = await told({ resource: 'tag', tag: byName('Top'), options });

			expect(output).toMatchObject([{ name: 'Top', children_deleted: ['Below'] }]);
		});
	}

	if (profile === '3.0.5') {
		it('of a version names it', async () => {
			await sandbox.settings({ consumptionSeconds: 0 });
			const version = { resource: 'documentVersion', document: byId(5), label: 'Signed' };
			await results(engine, 'upload', version, { items: [await textFile(engine, 'Signed')] });
			const output = await told({
				resource: 'documentVersion',
				document: byId(5),
				version: 'Signed',
			});

			expect(output).toMatchObject([{ deleted: false, document: 5, label: 'Signed' }]);
		});

		it('of a bundle shows its documents', async () => {
			const wanted = { document_ids: [2, 5], file_version: 'archive', expiration_days: 7 };
			const { id } = await sandbox.api<{ id: number }>('POST', 'share_link_bundles/', wanted);

			const output = await told({ resource: 'shareLinkBundle', bundleId: String(id) });

			expect(output).toMatchObject([{ deleted: false, id, documents: [2, 5] }]);
		});
	}
});

describe.each(profiles)('deletions in bulk on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());

	const bulk = { resource: 'documentBulk', target: 'filter' };

	it('delete what a filter matches, and nothing else', async () => {
		const filters = { anyTags: ['invoice'] };
		const found = await results(engine, 'getAll', { filters, returnAll: true });
		const all = await results(engine, 'getAll', { returnAll: true });

		const planned = await results(engine, 'delete', { ...bulk, filters, ...dry });
		const deleted = await results(engine, 'delete', { ...bulk, filters });
		const left = await results(engine, 'getAll', { returnAll: true });

		const ids = found.map(({ id }) => id).sort();
		expect(planned.map(({ id }) => id).sort()).toEqual(ids);
		expect(deleted.map(({ id }) => id).sort()).toEqual(ids);
		expect(deleted[0]).toMatchObject({ deleted: true, in_trash: true });
		expect(left).toHaveLength(all.length - found.length);
	});

	it('are refused without a filter', async () => {
		const refused = await refusal(engine, 'delete', { ...bulk, filters: {} });

		expect(refused.message).toContain('No filter is set');
	});
});
