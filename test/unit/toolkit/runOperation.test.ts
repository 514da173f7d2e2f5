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
	it('gives its items in order, linked to those they come from', async () => {
		const { output } = await run(echo, { items: items(2), perItem: { word: ['a', 'b'] } });

		expect(output).toEqual([
			{ json: { word: 'a', itemIndex: 0 }, pairedItem: { item: 0 } },
			{ json: { word: 'b', itemIndex: 1 }, pairedItem: { item: 1 } },
		]);
	});

	it('runs for a few items at once and keeps their order', async () => {
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

		const { output } = await run(slow, { items: items(10) });

		expect(output.map(({ json: { itemIndex } }) => itemIndex)).toEqual([...items(10).keys()]);
		expect(atOnce).toBe(4);
	});

	it('may give several items or none for one', async () => {
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

	it('hands on its files', async () => {
		const binary = { data: { data: '', mimeType: 'text/plain' } };
		const file = defineOperation({ ...identity, execute: async () => [{ json: {}, binary }] });

		expect((await run(file)).output).toMatchObject([{ binary }]);
	});

	it('ends at the first refusal, which names item and parameter', async () => {
		const failing = run(echo, { items: items(3), perItem: { word: ['a', 'bad', 'c'] } });

		const refusal = await refusalOf(failing, NodeOperationError);

		expect(refusal).toMatchObject({
			message: '“Word”: It is bad',
			description: 'Be good.',
			context: { itemIndex: 1 },
		});
	});

	it('that writes says what was done when it ends early', async () => {
		const write = { ...echo, access: 'write' } as Operation;
		const failing = run(write, { items: items(3), perItem: { word: ['a', 'b', 'bad'] } });

		const refusal = await refusalOf(failing, NodeOperationError);

		expect(refusal.description).toContain('2 of 3 items were done');
	});

	it('begins no further item after a refusal', async () => {
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

	it('goes on with Continue On Fail, and each refused item says why', async () => {
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
					message: '“Word”: It is bad',
					details: 'Be good.',
				},
				pairedItem: { item: 1 },
			},
			{ json: { word: 'c' }, pairedItem: { item: 2 } },
		]);
	});
});

describe('Parameters that cannot be read', () => {
	const unreadable = { perItem: { word: ['a', { odd: true }] }, items: items(2) };

	it('end the execution before anything is done', async () => {
		let begun = 0;
		const counting = defineOperation({
			...identity,
			execute: async () => {
				begun += 1;
				return [];
			},
		});

		const refusal = await refusalOf(run(counting, unreadable), NodeOperationError);

		expect(refusal).toMatchObject({ message: '“Word” must be a text', context: { itemIndex: 1 } });
		expect(begun).toBe(0);
	});

	it('are one item’s own matter with Continue On Fail', async () => {
		const { output } = await run(echo, { ...unreadable, continueOnFail: true });

		expect(output).toMatchObject([
			{ json: { word: 'a' } },
			{ json: { error: '“Word” must be a text' } },
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

	it('gives each item its own outcome', async () => {
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

	it('keeps outcomes with their items where one item cannot be read', async () => {
		const { output } = await run(together, {
			items: items(3),
			perItem: { word: ['a', {}, 'c'] },
			continueOnFail: true,
		});

		expect(output).toMatchObject([
			{ json: { word: 'a' }, pairedItem: { item: 0 } },
			{ json: { error: '“Word” must be a text' }, pairedItem: { item: 1 } },
			{ json: { word: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	it('that breaks down is every item’s refusal', async () => {
		const broken = defineOperation({
			...identity,
			executeAll: async () => await Promise.reject(new Error('Broken')),
		});

		const { output } = await run(broken, { items: items(2), continueOnFail: true });

		expect(output).toMatchObject([{ json: { error: 'Broken' } }, { json: { error: 'Broken' } }]);
	});

	it('is not asked for no items', async () => {
		const never = defineOperation({
			...identity,
			executeAll: async () => await Promise.reject(new Error('It was asked')),
		});

		expect((await run(never, { items: [] })).output).toEqual([]);
	});
});

describe('A credential that is set to Read Only', () => {
	const credentials = { baseUrl: 'https://paperless.test', apiToken: 'x', readOnly: true };

	it('refuses what writes, before any request', async () => {
		const write = { ...echo, access: 'write' } as Operation;

		const refusal = await refusalOf(run(write, { credentials }), NodeOperationError);

		expect(refusal.message).toBe('The credential is set to Read Only');
		expect(refusal.description).toContain('“Do” changes the archive');
	});

	it('lets pass what reads', async () => {
		expect((await run(echo, { credentials })).output).toHaveLength(1);
	});
});

describe('What an operation is given', () => {
	const addresses = defineOperation({
		...identity,
		execute: async ({ webUrl, timeZone, api }) => [
			{ json: { webUrl, timeZone, baseUrl: api.baseUrl } },
		],
	});

	it('is the address for links, which the credential may set apart', async () => {
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

	it('is a server that can do what it needs', async () => {
		const needing = { ...echo, needs: 'documentVersions' } as Operation;
		const answer = () => json(12, 200, versionHeaders['2.20']);

		const refusal = await refusalOf(run(needing, { answer }), NodeOperationError);

		expect(refusal.message).toContain('needs Paperless-ngx 3.0 or later; this server is 2.20.15');
	});

	it('is the end of waiting when the execution is canceled', async () => {
		const cancelling = new AbortController();
		const busy = () => {
			cancelling.abort();
			return { status: 503, headers: {}, body: '' };
		};
		const asking = defineOperation({
			...identity,
			execute: async ({ api }) => [{ json: await api.tags.get(3) }],
		});

		const refusal = await refusalOf(
			run(asking, { answer: busy, cancelled: cancelling.signal }),
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
