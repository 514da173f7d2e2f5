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
	/** What n8n does after its answers. */
	const working: Array<Promise<void>> = [];

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		n8n = await Stub.start(async ({ headers, body }) => {
			return await new Promise((answer, fail) => {
				const answerAtOnce = (status: number) => answer({ status });
				const call = trigger.call(JSON.parse(String(body)), headers, answerAtOnce);
				const work = call.then((reply) => {
					items.push(...(reply.items ?? []).map(({ json }) => json));
					arrived();
				});
				working.push(work.catch(fail));
			});
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

	it('starts the workflow for every document of a burst, also where the server saves later', async () => {
		await sandbox.seed({ documents: 150 });
		type Rows = { results: Array<{ id: number }> };
		const path = 'documents/?fields=id&ordering=-id&page_size=150';
		const documents = (await sandbox.api<Rows>('GET', path)).results.map(({ id }) => id);
		await activate('documentUpdated');
		arrived = () => undefined;
		const edit = async (name: string) => {
			const { id: tag } = await sandbox.api('POST', 'tags/', { name });
			const parameters = { add_tags: [tag], remove_tags: [] };
			await sandbox.api('POST', 'documents/bulk_edit/', {
				...{ documents, method: 'modify_tags', parameters },
			});
			await sandbox.settleDeliveries();
			await Promise.all(working.splice(0));
			return items.splice(0).map(({ event_id: event }) => event);
		};

		const first = await edit('First');
		await sandbox.settings({ saveSeconds: 2 });
		const second = await edit('Second');

		expect(new Set([...first, ...second]).size).toBe(300);
	});

	it('comes also for changes by the user of the credential, which are skipped if set to', async () => {
		const id = await add();
		const second = { username: 'second', password: 'secondpass1' };
		await sandbox.api('POST', 'users/', { ...second, is_superuser: true, is_staff: true });
		const { token } = await sandbox.api<{ token: string }>('POST', 'token/', second);
		await activate('documentUpdated', { options: { skipOwn: true } });
		const change = async (title: string, by?: string) => {
			await sandbox.api('PATCH', `documents/${String(id)}/`, { title }, by);
			await sandbox.settleDeliveries();
			await Promise.all(working.splice(0));
			return items.splice(0).map(({ title: shown }) => shown);
		};
		arrived = () => undefined;

		const others = await change('By somebody', token);
		const own = await change('By the workflow');
		await sandbox.api('POST', `documents/${String(id)}/notes/`, { note: 'By the workflow' });
		const ownWithNote = await change('By the workflow again');
		const othersAgain = await change('By somebody again', token);

		expect([others, own, ownWithNote, othersAgain]).toEqual([
			['By somebody'],
			[],
			[],
			['By somebody again'],
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
