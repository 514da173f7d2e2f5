import type { Execution, SavedWorkflow, WorkflowNode } from '../../scripts/n8n/rest.mts';
import { stopShared } from '../e2e/support/shared.mts';
import { startShared } from '../e2e/support/start.mts';
import { tell } from '../e2e/support/tell.mts';
import { timesSaid } from '../e2e/support/waiting.mts';
import { byId, node, World } from '../e2e/support/world.mts';
import { webhookTriggerType } from '../support/nodeTypes.mts';
import { type Cluster, startCluster } from './support/cluster.mts';
import { Reports } from '../e2e/support/reports.mts';
import { documents } from './support/settings.mts';

const bursts = 10;
/** After which burst a worker is killed. */
const kills = new Map([
	[2, 0],
	[5, 1],
]);
const repetitions = 100;

const fiveStarts = 600_000;
const anHour = 3_600_000;

const text = node('Text', 'n8n-nodes-base.extractFromFile', 1, { operation: 'text' });
/** Keeps workers busy, so that a kill tears executions apart. */
const pause = node('Pause', 'n8n-nodes-base.wait', 1.1, { amount: 2, unit: 'seconds' });

describe('n8n in queue mode, with a main, two workers and a process that takes calls', () => {
	let cluster: Cluster;
	let world: World;

	beforeAll(async () => {
		cluster = await startShared(startCluster);
		world = await World.open();
	}, fiveStarts);
	afterAll(async () => await stopShared(), fiveStarts);

	const activate = async (name: string, ...nodes: WorkflowNode[]): Promise<SavedWorkflow> => {
		const workflow = await world.save(world.row(name, ...nodes));
		await world.n8n.activateWorkflow(workflow);
		return workflow;
	};

	const polledWorkflow = async () =>
		await activate(
			'polled',
			await world.triggerNode('Trigger', {
				events: ['documentAdded'],
				filters: {
					texts: { rows: [{ field: 'title', condition: 'istartswith', text: world.prefix }] },
				},
			}),
			await world.paperlessNode('File', {
				operation: 'download',
				document: byId('={{ $json.id }}'),
				rendition: 'original',
			}),
			text,
		);

	/**
	 * The process that takes the calls loads the files, and workers read them. The test delivery
	 * that it takes is what the main waits for.
	 */
	const calledWorkflow = async () =>
		await activate(
			'called',
			{
				...(await world.paperlessNode('Trigger', {})),
				type: webhookTriggerType,
				webhookId: crypto.randomUUID(),
				parameters: { event: 'documentAdded', download: 'original', testDelivery: true },
			},
			pause,
			text,
		);

	const sendBurst = async (burst: number) =>
		await world.sendTexts(
			...Array.from({ length: documents / bursts }, (_, index) => ({
				title: `${world.prefix} ${burst}-${index}`,
				text: `The text of ${burst}-${index}`,
			})),
		);

	const letServerRepeat = async (repeatDeliveries: number) => {
		const { ok } = await fetch(`${world.shared.paperless.url}/__sandbox/settings`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ repeatDeliveries }),
		});
		expect(ok).toBe(true);
	};

	const textsIn = (executions: Execution[]) =>
		executions.flatMap((execution) => execution.items('Text')).map(({ json }) => json['data']);

	it(
		'starts workflows with each document once by either trigger, whatever happens to its workers',
		async () => {
			const polled = await polledWorkflow();
			const called = await calledWorkflow();
			const reports = new Reports(world.n8n, polled, called);
			await letServerRepeat(repetitions);

			for (let burst = 0; burst < bursts; burst++) {
				await sendBurst(burst);
				const victim = kills.get(burst);
				if (victim === undefined) continue;
				await cluster.killWorker(victim, async () => await reports.readOn());
			}
			const executions = await reports.complete(documents);

			const expected = (await world.ids('documents')).map((id) => `documentAdded:${id}`).sort();
			expect(expected).toHaveLength(documents);
			expect(reports.eventsOf(polled).sort()).toEqual(expected);
			expect(reports.eventsOf(called).sort()).toEqual(expected);

			const torn = executions.filter(({ status }) => status !== 'success');
			expect(torn.length).toBeGreaterThan(0);
			for (const { error } of torn) {
				expect(error?.message).toMatch(/failed to be processed too many times|did not finish/);
			}
			const texts = textsIn(executions);
			expect(texts.filter((one) => !/The text of \d+-\d+/.test(String(one)))).toEqual([]);
			tell(
				`${documents} documents by two triggers: ${executions.length} executions, ${torn.length} of them torn by a kill of their worker; workers read ${texts.length} files`,
			);
		},
		anHour,
	);

	it('runs the action node on the workers, whose files any other process of n8n can read', async () => {
		const title = `${world.prefix} by hand`;
		const [id] = await world.uploadTexts({ title, text: 'The text of by hand' });

		const execution = await world.run(
			world.chain(
				'download',
				[{ id }],
				await world.paperlessNode('Download', {
					operation: 'download',
					document: byId('={{ $json.id }}'),
					rendition: 'original',
				}),
			),
		);

		const ran = new RegExp(`Worker finished execution ${execution.id} `);
		const times = cluster.workers.map(async ({ logFile }) => await timesSaid(logFile, ran));
		expect((await Promise.all(times)).sort()).toEqual([0, 1]);
		const file = execution.items('Download')[0]?.binary?.['data'];
		expect(file?.id).toMatch(/^database/);
		expect((await world.n8n.binary(file?.id ?? '')).toString('utf8')).toBe(
			`${title}\nThe text of by hand`,
		);
	});
});
