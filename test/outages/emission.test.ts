import { tell } from '../e2e/support/tell.mts';
import { waitFor } from '../e2e/support/waiting.mts';
import { eventsBegun, expectedOf, paper, watch } from '../e2e/support/watching.mts';
import { node } from '../e2e/support/world.mts';
import { type Alone, openAlone, threeStarts } from './support/alone.mts';
import { firstScheduledPoll } from './support/durableCursors.mts';
import { saidIn } from './support/log.mts';

const halfAnHour = 1_800_000;

/** What n8n says in its log from the poll that found something until its execution is under way. */
const moments = [
	'',
	'Poll returned new data',
	'Workflow execution started',
	'Start executing node "Pause"',
	// An execution that was left over may say the same before.
].map((words) => new RegExp(`Received event to trigger execution[^]*${words}`));
/** So long that a kill finds it. */
const pause = node('Pause', 'n8n-nodes-base.wait', 1.1, { amount: 20, unit: 'seconds' });

describe('the trigger in n8n with durable cursors', () => {
	let alone: Alone;

	beforeAll(async () => {
		alone = await openAlone('emission', 'durable');
	}, threeStarts);
	afterAll(async () => await alone.close(), threeStarts);

	it(
		'starts one execution with each event, also when n8n is killed in the moment of emission',
		async () => {
			const { host, world } = alone;
			const workflow = await watch(world, pause);
			await firstScheduledPoll(host, workflow);
			const ids: number[] = [];
			for (const [index, moment] of moments.entries()) {
				await host.crash(async () =>
					ids.push(...(await world.sendTexts(paper(world, `${index}`)))),
				);
				await saidIn(host.server.logFile, moment);
			}
			await host.crash(async () => undefined);

			await waitFor(
				async () => {
					const begun = new Set(await eventsBegun(world, workflow.id));
					return expectedOf(ids).every((id) => begun.has(id)) || undefined;
				},
				{ what: () => 'the events of all documents', patienceMs: 280_000, everyMs: 1000 },
			);
			await saidIn(host.server.logFile, /Poll returned no new data/);
			const endings = (await world.n8n.executions(workflow.id)).map(({ status }) => status);
			tell(`${moments.length + 1} kills; the executions ended as ${endings.join(', ')}`);
			expect(await eventsBegun(world, workflow.id)).toEqual(expectedOf(ids));
		},
		halfAnHour,
	);
});
