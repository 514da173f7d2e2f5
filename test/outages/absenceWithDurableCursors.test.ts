import { absence } from '../e2e/support/absence.mts';
import { eventsBegun, expectedOf } from '../e2e/support/watching.mts';
import { type Alone, openAlone, threeStarts } from './support/alone.mts';
import { firstScheduledPoll } from './support/durableCursors.mts';

const halfAnHour = 1_800_000;

describe('the trigger in n8n with durable cursors', () => {
	let alone: Alone;

	beforeAll(async () => {
		alone = await openAlone('durable-absence', 'durable');
	}, threeStarts);
	afterAll(async () => await alone.close(), threeStarts);

	it(
		'says once that the server is away, and reports what came in meanwhile when it is back',
		async () => {
			const { host, world } = alone;
			const { workflowId, ids, endings, active } = await absence(world, {
				logFile: host.server.logFile,
				polls: ({ id }) => new RegExp(`Poll (returned|failed)[^\n]*${id}`),
				begins: async (workflow) => await firstScheduledPoll(host, workflow),
			});

			expect(active).toBe(true);
			expect(endings).toEqual(['success', 'error']);
			expect(await eventsBegun(world, workflowId)).toEqual(expectedOf(ids));
		},
		halfAnHour,
	);
});
