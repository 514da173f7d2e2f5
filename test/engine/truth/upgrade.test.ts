import { forgetServers } from '../../../nodes/api/connection';
import type { Engine } from '../../support/engine.mts';
import { engineFor, refusal, results, textFile } from '../../support/paperless.mts';
import { Sandbox } from '../../support/sandbox.mts';

describe('after an upgrade from Paperless-ngx 2.20.15 to 3.0.5 in the same process', () => {
	let sandbox: Sandbox;
	let engine: Engine;

	beforeEach(async () => {
		forgetServers();
		sandbox = await Sandbox.start('2.20.15');
		engine = engineFor(sandbox);
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
		await results(engine, 'getAll', { limit: 1 });
	});
	afterEach(async () => await sandbox.close());

	it('the first upload recognizes a file that the archive contains', async () => {
		await sandbox.upgrade('3.0.5');
		const file = await textFile(engine, 'The same file');
		const elsewhere = engineFor(sandbox, 'admin', { customHeaders: 'X-Route: other' });
		await results(elsewhere, 'upload', {}, { items: [file] });

		const refused = await refusal(engine, 'upload', {}, { items: [file] });

		expect(refused.message).toContain('is already in the archive');
	});

	it('an operation that the old server lacked is not refused', async () => {
		const before = await refusal(engine, 'getAll', { resource: 'shareLinkBundle' });
		await sandbox.upgrade('3.0.5');

		const bundles = await results(engine, 'getAll', { resource: 'shareLinkBundle' });

		expect(before.message).toContain('this server is 2.20.15');
		expect(bundles).toEqual([]);
	});

	it('tasks are listed in the way of the new server', async () => {
		await sandbox.upgrade('3.0.5');

		const listed = await results(engine, 'getAll', {
			resource: 'task',
			filters: { type: 'train_classifier' },
		});

		expect(listed.every(({ type }) => type === 'train_classifier')).toBe(true);
	});
});
