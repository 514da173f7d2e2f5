import type { IPollFunctions } from 'n8n-workflow';
import { clock } from '../../../nodes/toolkit/clock';
import { runPoll } from '../../../nodes/toolkit/runPoll';

const minute = 60_000;
const { now } = clock;
let passed = 0;

beforeEach(() => {
	passed = 0;
	clock.now = () => passed;
});
afterAll(() => {
	clock.now = now;
});

/** As much of n8n's poll as this needs; the real one runs in the engine tests. */
const nodeWith = (id: string) =>
	({
		getWorkflow: () => ({ id: 'flow' }),
		getNode: () => ({ id, name: 'Trigger', type: 'trigger', typeVersion: 1, parameters: {} }),
		getMode: () => 'trigger',
		getActivationMode: () => 'init',
		getWorkflowStaticData: () => ({}),
		getCredentials: async () => ({ baseUrl: 'https://paperless.test', apiToken: 'x' }),
		getTimezone: () => 'UTC',
		helpers: {},
		logger: {},
	}) as unknown as IPollFunctions;

const never = async () => await new Promise<never>(() => undefined);
const item = async () => await Promise.resolve([{ json: { event: 'x' } }]);

describe('A poll that hangs in n8n, where nothing ends it', () => {
	it('keeps further polls from starting while it has time', async () => {
		void runPoll(nodeWith('a'), [], never);
		passed += minute / 2;

		expect(await runPoll(nodeWith('a'), [], item)).toBeNull();
	});

	it('is reported once when its time is up, and given up', async () => {
		void runPoll(nodeWith('b'), [], never);
		passed += 20 * minute;

		await expect(runPoll(nodeWith('b'), [], item)).rejects.toMatchObject({
			message: 'The previous poll did not end in time',
			description: expect.stringContaining('20 minutes ago'),
		});
		expect(await runPoll(nodeWith('b'), [], item)).toEqual([[{ json: { event: 'x' } }]]);
	});

	it('does not concern another node', async () => {
		void runPoll(nodeWith('c'), [], never);

		expect(await runPoll(nodeWith('d'), [], item)).toEqual([[{ json: { event: 'x' } }]]);
	});
});
