import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { engineFor, run, textFile } from '../support/paperless.mts';
import { Stub } from '../support/stub.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe('requests under way at the same time', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	/** The most requests that the server had to answer at the same time. */
	async function mostOf(
		operation: string,
		parameters: object,
		itemsAtOnce: number | undefined,
	): Promise<number> {
		let [underway, most] = [0, 0];
		const proxy = await Stub.proxy(sandbox.url, {
			before: async () => {
				underway += 1;
				most = Math.max(most, underway);
				// One process sends and answers, so others that are sent meanwhile are here by then.
				if (most === 1) await sleep(50);
				underway -= 1;
			},
		});
		const files = await Promise.all(
			[1, 2, 3].map(async (at) => await textFile(engine, `Letter ${at}`, `${at}.txt`)),
		);
		const items = files.map((file, at) => ({
			...file,
			json: { id: [2, 4, 5][at] } as IDataObject,
		}));
		const slow = engineFor(sandbox, 'admin', { baseUrl: proxy.url });
		const requestOptions = itemsAtOnce === undefined ? {} : { itemsAtOnce };
		const { error } = await run(slow, operation, { ...parameters, requestOptions }, { items });
		await proxy.close();
		expect(error).toBeUndefined();
		return most;
	}

	const each = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const work: Array<[what: string, operation: string, parameters: object]> = [
		['files beside documents', 'getAll', { returnAll: true, options: { includeFile: 'original' } }],
		['uploads and their end', 'upload', { additionalFields: { note: '={{ $json.id }}' } }],
		[
			'changes in bulk',
			'update',
			{ document: each, updateFields: { title: '=New {{ $json.id }}' } },
		],
		['lists of names', 'getFilingOptions', { resource: 'system' }],
	];

	it.each(work)('are one where Items at Once says so: %s', async (_, operation, parameters) => {
		expect(await mostOf(operation, parameters, 1)).toBe(1);
	});

	it.each(work)('are several otherwise: %s', async (_, operation, parameters) => {
		expect(await mostOf(operation, parameters, undefined)).toBeGreaterThan(1);
	});
});
