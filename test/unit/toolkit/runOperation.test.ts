import { NodeOperationError } from 'n8n-workflow';
import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import type { Operation, Resource } from '../../../nodes/toolkit/operation';
import { defineOperation } from '../../../nodes/toolkit/operation';
import { runOperation } from '../../../nodes/toolkit/runOperation';
import type { FakeNode } from '../../support/fakeNode.mts';
import { fakeNode } from '../../support/fakeNode.mts';
import { json, refusalOf, versionHeaders } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const identity = {
	value: 'do',
	name: 'Do',
	action: 'Do it',
	description: 'To do it',
	access: 'read',
	parameters: [{ displayName: 'Word', name: 'word', type: 'string', default: '' }],
} as const;

const items = (count: number) => Array.from({ length: count }, (_, index) => ({ json: { index } }));

async function run(operation: Operation, setup: FakeNode = {}) {
	const resources: Resource[] = [{ value: 'thing', name: 'Thing', operations: [operation] }];
	const parameters = { resource: 'thing', operation: 'do', ...setup.parameters };
	const { node, sent } = fakeNode({ ...setup, parameters });
	const [output = []] = await runOperation(node, resources);
	return { output, sent };
}

const echo = defineOperation({
	...identity,
	execute: async (_, { word }, itemIndex) => {
		if (word === 'bad') {
			throw new PaperlessError('invalid', 'It is bad', {
				description: 'Be good.',
				parameter: 'word',
			});
		}
		return [{ json: { word, itemIndex } }];
	},
});

describe('An operation for each item', () => {
	it('returns its items in order, linked to the input items', async () => {
		const { output } = await run(echo, { items: items(2), perItem: { word: ['a', 'b'] } });

		expect(output).toEqual([
			{ json: { word: 'a', itemIndex: 0 }, pairedItem: { item: 0 } },
			{ json: { word: 'b', itemIndex: 1 }, pairedItem: { item: 1 } },
		]);
	});

	it.each([
		[{}, 4],
		[{ itemsAtOnce: 1 }, 1],
		[{ itemsAtOnce: 7, timeout: 5 }, 7],
	])('runs for a few items at once and keeps their order: %j', async (requestOptions, most) => {
		let underWay = 0;
		let atOnce = 0;
		const slow = defineOperation({
			...identity,
			execute: async (_, __, itemIndex) => {
				underWay += 1;
				atOnce = Math.max(atOnce, underWay);
				for (let turn = 0; turn < 20 - itemIndex; turn += 1) await Promise.resolve();
				underWay -= 1;
				return [{ json: { itemIndex } }];
			},
		});

		const { output } = await run(slow, { items: items(10), parameters: { requestOptions } });

		expect(output.map(({ json: { itemIndex } }) => itemIndex)).toEqual([...items(10).keys()]);
		expect(atOnce).toBe(most);
	});

	it('waits for replies as long as the node is told to', async () => {
		const asking = defineOperation({
			...identity,
			execute: async ({ api }) => {
				await api.documents.list({ fields: 'id' });
				return [];
			},
		});
		const answer = () => ({ status: 200, headers: versionHeaders['3.0'], body: page });
		const page = '{ "count": 0, "results": [] }';

		const usual = await run(asking, { answer });
		const chosen = await run(asking, {
			answer,
			parameters: { requestOptions: { timeout: 8 } },
		});

		expect(new Set(usual.sent.map(({ timeout }) => timeout))).toEqual(new Set([600_000]));
		expect(new Set(chosen.sent.map(({ timeout }) => timeout))).toEqual(new Set([8000]));
	});

	it.each([{ itemsAtOnce: 'many' }, { timeout: 'long' }, { pace: 1 }])(
		'refuses request options that do not fit: %j',
		async (requestOptions) => {
			await expect(run(echo, { parameters: { requestOptions } })).rejects.toThrow(
				/Items at Once|Timeout|has no field/,
			);
		},
	);

	it('runs items with one target in their order, one after the other', async () => {
		const order: string[] = [];
		const slow = defineOperation({
			...identity,
			target: async ({ word }) => word.toLowerCase(),
			execute: async (_, { word }, itemIndex) => {
				order.push(`begin ${itemIndex}`);
				for (let turn = 0; turn < 20 - itemIndex * 5; turn += 1) await Promise.resolve();
				order.push(`end ${itemIndex}`);
				return [{ json: { word } }];
			},
		});

		const words = ['a', 'b', 'A', 'a'];
		const { output } = await run(slow, { items: items(4), perItem: { word: words } });

		expect(output.map(({ json: { word } }) => word)).toEqual(words);
		expect(order.filter((step) => !step.endsWith('1'))).toEqual([
			'begin 0',
			'end 0',
			'begin 2',
			'end 2',
			'begin 3',
			'end 3',
		]);
		expect(order.indexOf('begin 1')).toBeLessThan(order.indexOf('end 0'));
	});

	it('runs an item whose target cannot be found, so that it reports the reason itself', async () => {
		const lost = defineOperation({
			...identity,
			target: async () => {
				throw new Error('There is no such thing');
			},
			execute: async (_, __, itemIndex) => [{ json: { itemIndex } }],
		});

		expect((await run(lost, { items: items(2) })).output).toHaveLength(2);
	});

	it('may return several items or none for one item', async () => {
		const some = defineOperation({
			...identity,
			execute: async (_, __, itemIndex) =>
				itemIndex === 0 ? [] : [{ json: { a: 1 } }, { json: { a: 2 } }],
		});

		const { output } = await run(some, { items: items(2) });

		expect(output).toEqual([
			{ json: { a: 1 }, pairedItem: { item: 1 } },
			{ json: { a: 2 }, pairedItem: { item: 1 } },
		]);
	});

	it('returns files', async () => {
		const binary = { data: { data: '', mimeType: 'text/plain' } };
		const file = defineOperation({ ...identity, execute: async () => [{ json: {}, binary }] });

		expect((await run(file)).output).toMatchObject([{ binary }]);
	});

	it('ends at the first error, which names item and parameter', async () => {
		const failing = run(echo, { items: items(3), perItem: { word: ['a', 'bad', 'c'] } });

		const refusal = await refusalOf(failing, NodeOperationError);

		expect(refusal).toMatchObject({
			message: '“Word”: It is bad',
			description: 'Be good.',
			context: { itemIndex: 1 },
		});
	});

	it('that writes reports the number of finished items when it ends early', async () => {
		const write = { ...echo, access: 'write' } as Operation;
		const failing = run(write, { items: items(3), perItem: { word: ['a', 'b', 'bad'] } });

		const refusal = await refusalOf(failing, NodeOperationError);

		expect(refusal.description).toContain('2 of 3 items were done');
	});

	it('starts no further item after an error', async () => {
		const begun: number[] = [];
		const failing = defineOperation({
			...identity,
			execute: async (_, __, itemIndex) => {
				begun.push(itemIndex);
				throw new Error('No');
			},
		});

		await refusalOf(run(failing, { items: items(20) }), NodeOperationError);

		expect(begun.length).toBeLessThanOrEqual(4);
	});

	it('continues with Continue On Fail, and each failed item has its reason', async () => {
		const { output } = await run(echo, {
			items: items(3),
			perItem: { word: ['a', 'bad', 'c'] },
			continueOnFail: true,
		});

		expect(output).toMatchObject([
			{ json: { word: 'a' } },
			{
				json: {
					error: '“Word”: It is bad',
					message: '“Word”: It is bad. Be good.',
				},
				pairedItem: { item: 1 },
			},
			{ json: { word: 'c' }, pairedItem: { item: 2 } },
		]);
	});
});

describe('Parameters that cannot be read', () => {
	const unreadable = { perItem: { word: ['a', { odd: true }] }, items: items(2) };

	it('end the execution before any item runs', async () => {
		let begun = 0;
		const counting = defineOperation({
			...identity,
			execute: async () => {
				begun += 1;
				return [];
			},
		});

		const refusal = await refusalOf(run(counting, unreadable), NodeOperationError);

		expect(refusal).toMatchObject({ message: '“Word” must be text', context: { itemIndex: 1 } });
		expect(begun).toBe(0);
	});

	it('affect only their item with Continue On Fail', async () => {
		const { output } = await run(echo, { ...unreadable, continueOnFail: true });

		expect(output).toMatchObject([
			{ json: { word: 'a' } },
			{ json: { error: '“Word” must be text' } },
		]);
	});
});

describe('An operation for all items together', () => {
	const together = defineOperation({
		...identity,
		executeAll: async (_, calls) =>
			calls.map(({ values: { word } }) =>
				word === 'bad' ? new PaperlessError('notFound', 'Gone') : [{ json: { word } }],
			),
	});

	it('has a separate outcome for each item', async () => {
		const { output } = await run(together, {
			items: items(3),
			perItem: { word: ['a', 'bad', 'c'] },
			continueOnFail: true,
		});

		expect(output).toMatchObject([
			{ json: { word: 'a' }, pairedItem: { item: 0 } },
			{ json: { error: 'Gone' }, pairedItem: { item: 1 } },
			{ json: { word: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	it('keeps outcomes with their items where one item is unreadable', async () => {
		const { output } = await run(together, {
			items: items(3),
			perItem: { word: ['a', {}, 'c'] },
			continueOnFail: true,
		});

		expect(output).toMatchObject([
			{ json: { word: 'a' }, pairedItem: { item: 0 } },
			{ json: { error: '“Word” must be text' }, pairedItem: { item: 1 } },
			{ json: { word: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	it('that crashes fails for every item', async () => {
		const broken = defineOperation({
			...identity,
			executeAll: async () => {
				throw new Error('Broken');
			},
		});

		const { output } = await run(broken, { items: items(2), continueOnFail: true });

		expect(output).toMatchObject([{ json: { error: 'Broken' } }, { json: { error: 'Broken' } }]);
	});

	it('does not run without items', async () => {
		const never = defineOperation({
			...identity,
			executeAll: async () => {
				throw new Error('It ran');
			},
		});

		expect((await run(never, { items: [] })).output).toEqual([]);
	});
});

describe('A credential that is set to Read Only', () => {
	const credentials = { baseUrl: 'https://paperless.test', apiToken: 'x', readOnly: true };

	it('rejects an operation that writes before any request', async () => {
		const write = { ...echo, access: 'write' } as Operation;

		const refusal = await refusalOf(run(write, { credentials }), NodeOperationError);

		expect(refusal.message).toBe('The credential is set to Read Only');
		expect(refusal.description).toContain('“Do” changes the archive');
	});

	it.each(['true', 'yes', 'no', 'FALSE', '0', 1, 0, {}])(
		'is whatever is not a clear “off”, since an expression gives any text: %j',
		async (readOnly) => {
			const write = { ...echo, access: 'write' } as Operation;
			const unclear = { ...credentials, readOnly } as typeof credentials;

			const refusal = await refusalOf(run(write, { credentials: unclear }), NodeOperationError);

			expect(refusal.message).toBe('The credential is set to Read Only');
		},
	);

	it.each([false, 'false', '', null, undefined])('is not one that says %j', async (readOnly) => {
		const write = { ...echo, access: 'write' } as Operation;
		const off = { ...credentials, readOnly } as unknown as typeof credentials;

		expect((await run(write, { credentials: off })).output).toHaveLength(1);
	});

	it('accepts an operation that reads', async () => {
		expect((await run(echo, { credentials })).output).toHaveLength(1);
	});
});

describe('An operation whose access depends on its values', () => {
	const readOnly = { baseUrl: 'https://paperless.test', apiToken: 'x', readOnly: true };
	const access = ({ word }: { word?: unknown }) => (word === 'write' ? 'write' : 'read');
	const each = { ...echo, access } as Operation;
	const calls: unknown[][] = [];
	const together = defineOperation({
		...identity,
		access,
		executeAll: async (_, all) => {
			calls.push(all.map(({ values: { word } }) => word));
			return all.map(({ values: { word } }) => [{ json: { word } }]);
		},
	});
	const setup = { items: items(3), perItem: { word: ['a', 'write', 'b'] } };
	const rejected = {
		json: { error: 'The credential is set to Read Only' },
		pairedItem: { item: 1 },
	};
	beforeEach(() => calls.splice(0));

	it.each([
		['item by item', each],
		['with all items together', together],
	])('runs %s without Read Only', async (_, operation) => {
		const { output } = await run(operation, setup);

		expect(output.map(({ json: { word } }) => word)).toEqual(['a', 'write', 'b']);
	});

	it.each([
		['item by item', each],
		['with all items together', together],
	])('%s rejects only items that write with Read Only', async (_, operation) => {
		const { output } = await run(operation, {
			...setup,
			credentials: readOnly,
			continueOnFail: true,
		});

		expect(output).toMatchObject([
			{ json: { word: 'a' }, pairedItem: { item: 0 } },
			rejected,
			{ json: { word: 'b' }, pairedItem: { item: 2 } },
		]);
	});

	it('receives only the permitted items together', async () => {
		await run(together, { ...setup, credentials: readOnly, continueOnFail: true });

		expect(calls).toEqual([['a', 'b']]);
	});

	it('starts nothing when one item may not write, without Continue On Fail', async () => {
		const failing = run(together, { ...setup, credentials: readOnly });

		const refusal = await refusalOf(failing, NodeOperationError);

		expect(refusal).toMatchObject({
			message: 'The credential is set to Read Only',
			context: { itemIndex: 1 },
		});
		expect(calls).toEqual([]);
	});

	it('reports finished items only where one of them wrote', async () => {
		const descriptionAfter = async (...words: string[]) => {
			const failing = run(each, { items: items(2), perItem: { word: words } });
			return (await refusalOf(failing, NodeOperationError)).description;
		};

		expect(await descriptionAfter('write', 'bad')).toContain('1 of 2 items were done');
		expect(await descriptionAfter('a', 'bad')).toBe('Be good.');
	});
});

describe('A credential that cannot be read', () => {
	it('fails for every item', async () => {
		const { node } = fakeNode({
			items: items(2),
			parameters: { resource: 'thing', operation: 'do' },
			continueOnFail: true,
		});
		const broken = Object.assign(node, {
			getCredentials: async () => {
				throw new Error('No credentials');
			},
		});

		const [output] = await runOperation(broken, [
			{ value: 'thing', name: 'Thing', operations: [echo] },
		]);

		expect(output?.map(({ json: { error } }) => error)).toEqual([
			'No credentials',
			'No credentials',
		]);
	});
});

describe('The context of an operation', () => {
	const addresses = defineOperation({
		...identity,
		execute: async ({ webUrl, timeZone, api }) => [
			{ json: { webUrl, timeZone, baseUrl: api.baseUrl } },
		],
	});

	it('has the address for links, which the credential may override', async () => {
		const credentials = {
			baseUrl: 'http://10.0.0.5:8000/api',
			publicUrl: ' https://paperless.example.com/ ',
		};

		expect((await run(addresses, { credentials })).output[0]?.json).toEqual({
			webUrl: 'https://paperless.example.com',
			baseUrl: 'http://10.0.0.5:8000',
			timeZone: 'Europe/Berlin',
		});
		expect((await run(addresses)).output[0]?.json.webUrl).toBe('https://paperless.test');
	});

	it('has a server with the needed feature', async () => {
		const needing = { ...echo, needs: 'documentVersions' } as Operation;
		const answer = () => json(12, 200, versionHeaders['2.20']);

		const refusal = await refusalOf(run(needing, { answer }), NodeOperationError);

		expect(refusal.message).toContain('needs Paperless-ngx 3.0 or later; this server is 2.20.15');
	});

	it('ends a pause when the execution is canceled', async () => {
		const controller = new AbortController();
		const busy = () => {
			controller.abort();
			return { status: 503, headers: {}, body: '' };
		};
		const asking = defineOperation({
			...identity,
			execute: async ({ api }) => [{ json: await api.tags.get(3) }],
		});

		const refusal = await refusalOf(
			run(asking, { answer: busy, canceled: controller.signal }),
			NodeOperationError,
		);

		expect(refusal.message).toBe('The execution was canceled');
	});
});

describe('An operation that does not exist', () => {
	it('is named', async () => {
		const refusal = await refusalOf(
			run(echo, { parameters: { operation: 'undo' } }),
			NodeOperationError,
		);

		expect(refusal.message).toBe('There is no operation “undo” here');
	});
});
