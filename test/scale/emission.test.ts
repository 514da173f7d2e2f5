import { type Host, startHost } from '../../scripts/n8n/host.mts';
import { absence } from '../e2e/support/absence.mts';
import { durableCursors, firstScheduledPoll } from '../e2e/support/durableCursors.mts';
import { stopShared } from '../e2e/support/shared.mts';
import { startShared } from '../e2e/support/start.mts';
import { timesSaid, waitFor } from '../e2e/support/waiting.mts';
import { eventsBegun, expectedOf, paper, watch } from '../e2e/support/watching.mts';
import { node, World } from '../e2e/support/world.mts';
import { tell } from './support/settings.mts';

const oneStart = 300_000;
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
	let host: Host;
	let world: World;

	beforeAll(async () => {
		host = await startShared(
			async () => await startHost({ name: 'emission', fresh: true, settings: durableCursors }),
		);
		world = await World.open();
	}, oneStart);
	afterAll(async () => await stopShared(), oneStart);

	const says = async (words: RegExp) =>
		await waitFor(async () => (await timesSaid(host.server.logFile, words)) > 0 || undefined, {
			what: () => `n8n to say ${words.source}`,
			everyMs: 2,
			patienceMs: 280_000,
		});

	it(
		'starts one execution with each event, also when n8n is killed in the moment of emission',
		async () => {
			const workflow = await watch(world, pause);
			await firstScheduledPoll(host, workflow);
			const ids: number[] = [];
			for (const [index, moment] of moments.entries()) {
				await host.crash(async () =>
					ids.push(...(await world.sendTexts(paper(world, `${index}`)))),
				);
				await says(moment);
			}
			await host.crash(async () => undefined);

			await waitFor(
				async () => {
					const begun = new Set(await eventsBegun(world, workflow.id));
					return expectedOf(ids).every((id) => begun.has(id)) || undefined;
				},
				{ what: () => 'the events of all documents', patienceMs: 280_000, everyMs: 1000 },
			);
			await says(/Poll returned no new data/);
			const endings = (await world.n8n.executions(workflow.id)).map(({ status }) => status);
			tell(`${moments.length + 1} kills; the executions ended as ${endings.join(', ')}`);
			expect(await eventsBegun(world, workflow.id)).toEqual(expectedOf(ids));
		},
		halfAnHour,
	);

	it(
		'says once that the server is away, and reports what came in meanwhile when it is back',
		async () => {
			const other = await World.open();
			const { workflowId, ids, endings, active } = await absence(other, {
				logFile: host.server.logFile,
				polls: ({ id }) => new RegExp(`Poll (returned|failed)[^\n]*${id}`),
				begins: async (workflow) => await firstScheduledPoll(host, workflow),
			});

			expect(active).toBe(true);
			expect(endings).toEqual(['success', 'error']);
			expect(await eventsBegun(other, workflowId)).toEqual(expectedOf(ids));
		},
		halfAnHour,
	);
});
