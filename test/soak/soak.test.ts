import { credentialType } from '../../scripts/n8n/examples.mts';
import { startHost } from '../../scripts/n8n/host.mts';
import type { Execution, SavedWorkflow, WorkflowNode } from '../../scripts/n8n/rest.mts';
import { stopShared } from '../e2e/support/shared.mts';
import { startShared } from '../e2e/support/start.mts';
import { tell } from '../e2e/support/tell.mts';
import { waitFor } from '../e2e/support/waiting.mts';
import { byId, node, World } from '../e2e/support/world.mts';
import { webhookTriggerType } from '../support/nodeTypes.mts';
import { Reports } from '../e2e/support/reports.mts';
import { Random } from '../support/random.mts';
import { hostileNames } from './support/hostileNames.mts';
import { longestBlock, lowestMemory, Probe } from './support/probe.mts';
import { minutes, pause, seed } from './support/settings.mts';
import { Weather } from './support/weather.mts';

const minuteMs = 60_000;
const warmUpMs = (minutes * minuteMs) / 4;
const longestDelayMs = Math.min(minuteMs, (minutes * minuteMs) / 12);
const betweenPapersMs = 3_000;
const patienceMs = 15 * minuteMs;
const allOfIt = minutes * minuteMs + 2 * patienceMs;
const threeStarts = 360_000;

/** The server takes braces in a title for a template. */
const titles = hostileNames.filter((name) => !name.includes('{{'));

const mostGrowthMiB = 64;
/** A short run is one of many on a busy machine, where n8n waits for its turn. */
const longestBlockMs = minutes < 10 ? 10_000 : 200;

describe('an n8n whose Paperless-ngx misbehaves at random', () => {
	let world: World;
	let weather: Weather;
	let probe: Probe;

	beforeAll(async () => {
		probe = await Probe.make();
		const { settings } = probe;
		await startShared(async () => await startHost({ name: 'soak', fresh: true, settings }));
		world = await World.open();
		weather = await Weather.at(world.shared.paperless.url, new Random(seed), longestDelayMs);
	}, threeStarts);
	afterAll(async () => {
		await stopShared();
		await weather.close();
		await probe.close();
	}, threeStarts);

	const ours = () => ({
		texts: { rows: [{ field: 'title', condition: 'istartswith', text: world.prefix }] },
	});

	const activate = async (name: string, ...nodes: WorkflowNode[]): Promise<SavedWorkflow> => {
		const { token } = world.shared.paperless;
		const { id } = await world.newCredential({ baseUrl: weather.url, apiToken: token });
		const credentials = { [credentialType]: { id, name: 'weather' } };
		const exposed = nodes.map((one) => (one.credentials ? { ...one, credentials } : one));
		const workflow = await world.save(world.row(name, ...exposed));
		await world.n8n.activateWorkflow(workflow);
		return workflow;
	};

	const carryOn = 'continueRegularOutput';

	const polledWorkflow = async () =>
		await activate(
			'polled',
			await world.triggerNode('Trigger', {
				events: ['documentAdded'],
				filters: ours(),
				options: { download: 'original' },
			}),
			await world.paperlessNode(
				'Tag',
				{
					operation: 'update',
					document: byId('={{ $json.id }}'),
					updateFields: { addTags: [hostileNames[2]] },
				},
				carryOn,
			),
		);

	const calledWorkflow = async () =>
		await activate('called', {
			...(await world.paperlessNode('Trigger', {})),
			type: webhookTriggerType,
			webhookId: crypto.randomUUID(),
			parameters: { event: 'documentAdded' },
		});

	/** What a busy workflow does: reads, changes, files a text, and asks for files. */
	const workingWorkflow = async () => {
		const found = { document: byId('={{ $json.id }}') };
		return await activate(
			'working',
			node('Schedule', 'n8n-nodes-base.scheduleTrigger', 1.2, {
				rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] },
			}),
			node('Text', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ { "file": ("${world.prefix} " + $execution.id).base64Encode() } }}`,
				options: {},
			}),
			node('File', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toBinary',
				sourceProperty: 'file',
				options: { fileName: 'letter.txt', mimeType: 'text/plain' },
			}),
			await world.paperlessNode(
				'Upload',
				{
					operation: 'upload',
					additionalFields: { title: `=${world.prefix} of execution {{ $execution.id }}` },
				},
				carryOn,
			),
			await world.paperlessNode(
				'Find',
				{ operation: 'getAll', limit: 20, filters: ours() },
				carryOn,
			),
			await world.paperlessNode(
				'Change',
				{
					operation: 'update',
					...found,
					updateFields: { addTags: hostileNames.slice(2, 4) },
				},
				carryOn,
			),
			await world.paperlessNode('Load', { operation: 'download', ...found }, carryOn),
		);
	};

	const uploaded = (executions: readonly Execution[]) =>
		executions.flatMap(({ runs }) =>
			(runs['Upload'] ?? []).flatMap(({ data }) =>
				(data?.main?.[0] ?? []).flatMap(({ json }) =>
					json['status'] === 'created' ? [Number(json['id'])] : [],
				),
			),
		);

	it(
		`keeps its memory flat and never blocks for long, and neither loses nor repeats a document, for ${minutes} minutes`,
		async () => {
			for (const name of hostileNames) await world.api('POST', 'tags/', { name });
			const polled = await polledWorkflow();
			const called = await calledWorkflow();
			const working = await workingWorkflow();
			const reports = new Reports(world.n8n, polled, called, working);

			const start = Date.now();
			weather.turn('bad');
			for (let paper = 0; Date.now() < start + minutes * minuteMs; paper++) {
				const name = titles[paper % titles.length] ?? '';
				await world.sendTexts({ title: `${world.prefix} ${paper} ${name}`, text: `${paper}` });
				await pause(betweenPapersMs);
			}
			weather.turn('fine');
			const measured = await probe.readings(start + warmUpMs);
			const early = await probe.readings(start + warmUpMs, start + 2 * warmUpMs);
			await world.n8n.deactivateWorkflow(working.id);

			const missing = async () => {
				await reports.readOn();
				const told = new Set(reports.eventsOf(polled));
				const wanted = (await world.ids('documents')).map((id) => `documentAdded:${id}`);
				return wanted.filter((event) => !told.has(event));
			};
			let lost: string[] = [];
			await waitFor(async () => (lost = await missing()).length === 0 || undefined, {
				what: () => `the events ${lost.slice(0, 20).join(', ')} and so on`,
				everyMs: 5_000,
				patienceMs,
			});
			const grownMiB = lowestMemory(await probe.readingsAtRest()) - lowestMemory(early);
			const expected = (await world.ids('documents')).map((id) => `documentAdded:${id}`).sort();
			const byCall = reports.eventsOf(called);
			const filed = (await world.rows('documents')).map(({ title }) => title);
			const made = uploaded(reports.all);
			const failures = reports.all.filter(({ status }) => status === 'error').length;
			tell(
				[
					`Seed ${seed}, ${minutes} minutes, ${expected.length} documents, ${reports.all.length} executions, ${failures} failed`,
					`requests met ${JSON.stringify(weather.met)}`,
					`${new Set(byCall).size} of the documents by webhooks as well`,
					`memory grew by ${grownMiB.toFixed(1)} MiB, the longest block took ${longestBlock(measured).toFixed(0)} ms`,
				].join('; '),
			);

			expect(reports.eventsOf(polled).sort()).toEqual(expected);
			expect(byCall).toHaveLength(new Set(byCall).size);
			expect(byCall.filter((event) => !expected.includes(event))).toEqual([]);
			expect(new Set(filed).size).toBe(filed.length);
			expect(made.filter((id) => !expected.includes(`documentAdded:${id}`))).toEqual([]);
			expect(grownMiB).toBeLessThanOrEqual(mostGrowthMiB);
			expect(longestBlock(measured)).toBeLessThanOrEqual(longestBlockMs);
			expect((await world.n8n.workflow(polled.id)).active).toBe(true);
		},
		allOfIt,
	);
});
