import { create } from '../../../nodes/PaperlessNgx/resources/workflow/create.operation';
import { get } from '../../../nodes/PaperlessNgx/resources/workflow/get.operation';
import type { Operation } from '../../../nodes/toolkit/operation';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, json, page } from '../../support/fakeTransport.mts';

/** What a server newer than this package may answer. */
const newer = {
	id: 7,
	name: 'Newer',
	enabled: true,
	order: 2,
	language: 'de',
	triggers: [
		{ id: 1, type: 9, sources: [3, 8], filter_has_barcodes: ['x'], depth: { levels: [1, 2] } },
	],
	actions: [{ id: 2, type: 12, robot: { id: 5, speed: 3 }, notes: null }],
};

async function run(operation: Operation, transport: FakeTransport, values: object) {
	if (!('execute' in operation)) throw new Error('It runs on all items together');
	return await operation.execute(contextOn(transport), values as never, 0);
}

describe('a workflow of a newer server', () => {
	it('is shown with the numbers and fields that have no words', async () => {
		const transport = new FakeTransport(() => json(newer));

		const [output] = await run(get, transport, {
			workflow: { __rl: true, mode: 'id', value: '7' },
			options: {},
		});

		expect(output?.json).toMatchObject({
			language: 'de',
			triggers: [{ type: 9, sources: ['mail', 8], filter_has_barcodes: ['x'] }],
			actions: [{ type: 12, robot: { id: 5, speed: 3 }, notes: null }],
		});
	});

	it('is created as it was read', async () => {
		const transport = new FakeTransport(({ method }) =>
			method === 'POST' ? json({ ...newer, id: 8 }) : page([]),
		);
		const workflowJson = JSON.stringify({ ...newer, of_n8n_trigger: false });

		await run(create, transport, { workflowJson });

		const sent = transport.requests.find(({ method }) => method === 'POST')?.body;
		const withoutIds = (parts: object[]) => parts.map((part) => ({ ...part, id: undefined }));
		expect(sent).toEqual({
			json: {
				name: 'Newer',
				enabled: true,
				order: 2,
				language: 'de',
				triggers: withoutIds(newer.triggers),
				actions: withoutIds(newer.actions),
			},
		});
	});
});
