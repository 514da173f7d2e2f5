import type { IDataObject } from 'n8n-workflow';
import { forgetServers } from '../../nodes/api/connection';
import { engineFor, results, textFile } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';
import { WebhookTrigger } from '../support/webhookTrigger.mts';

describe.each(profiles)('a delivery of Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let n8n: Stub;
	let trigger: WebhookTrigger;
	let items: IDataObject[];
	let arrived: () => void;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		n8n = await Stub.start(async ({ headers, body }) => {
			const reply = await trigger.call(JSON.parse(String(body)), headers);
			items.push(...(reply.items ?? []).map(({ json }) => json));
			arrived();
			return { status: reply.status ?? 500 };
		});
	});
	afterAll(async () => {
		await n8n.close();
		await sandbox.close();
	});
	beforeEach(async () => {
		forgetServers();
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		items = [];
	});
	afterEach(async () => await trigger.deactivate());

	const activate = async (event: string, more: object = {}) => {
		const credentials = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin };
		trigger = new WebhookTrigger(credentials, { event, ...more }, { webhookUrl: n8n.url });
		await trigger.activate();
	};
	const delivery = async (work: () => Promise<unknown>) => {
		const delivered = new Promise<void>((resolve) => {
			arrived = resolve;
		});
		await work();
		await delivered;
		return items;
	};
	const add = async (name = 'water.txt'): Promise<unknown> => {
		const engine = engineFor(sandbox);
		const item = await textFile(engine, `The letter ${name}`, name);
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		return uploaded?.['id'];
	};

	it('for an added document starts the workflow with the document', async () => {
		await activate('documentAdded');
		let id: unknown;

		const started = await delivery(async () => {
			id = await add();
		});

		expect(started).toEqual([
			expect.objectContaining({
				event: 'documentAdded',
				event_id: `documentAdded:${String(id)}`,
				title: 'water',
			}),
		]);
	});

	it('for a changed document starts the workflow with its current state', async () => {
		const id = await add();
		await activate('documentUpdated');

		const started = await delivery(
			async () => await sandbox.api('PATCH', `documents/${String(id)}/`, { title: 'Changed' }),
		);

		expect(started).toEqual([
			expect.objectContaining({ event: 'documentUpdated', id, title: 'Changed' }),
		]);
	});

	it('for a file before its consumption starts the workflow with the file name', async () => {
		await activate('consumptionStarted', { fileFilters: { fileName: '*.txt' } });

		const started = await delivery(async () => await add('water.txt'));

		expect(started).toEqual([
			expect.objectContaining({ event: 'consumptionStarted', file_name: 'water.txt' }),
		]);
	});

	it('for a date that was reached starts the workflow with the document', async () => {
		const id = await add();
		await activate('scheduled', { dateField: 'added', filters: { fileName: 'water*' } });

		const started = await delivery(
			async () => await fetch(`${sandbox.url}/__sandbox/scheduled`, { method: 'POST' }),
		);

		expect(started).toEqual([
			expect.objectContaining({
				event: 'scheduled',
				event_id: expect.stringMatching(new RegExp(`^scheduled:${String(id)}:\\d{4}-`)),
				id,
			}),
		]);
	});

	it('comes only for documents that match the filters', async () => {
		await activate('documentAdded', { filters: { fileName: '*.md' } });

		const started = await delivery(async () => {
			await add('water.txt');
			await add('gas.md');
		});

		expect(started).toEqual([expect.objectContaining({ title: 'gas' })]);
	});
});
