import { type Host, startHost } from '../../sandbox/n8n/host.mts';
import type { SavedWorkflow } from '../../sandbox/n8n/rest.mts';
import { logSays, waitFor } from './support/waiting.mts';
import { node, World } from './support/world.mts';

/** n8n is installed anew and started three times. */
const threeStarts = 360_000;
/** After a crash n8n waits until the lease of the poll has run out. */
const leaseMs = 280_000;
const threeStartsAndLeases = 1_000_000;

const events = ['documentAdded', 'newInboxDocument'];

/** An active workflow that the trigger starts. Its inbox tag goes with all that has the prefix. */
async function watch(world: World): Promise<SavedWorkflow> {
	await world.api('POST', 'tags/', { name: `${world.prefix} inbox`, is_inbox_tag: true });
	const ours = { rows: [{ field: 'title', condition: 'istartswith', value: world.prefix }] };
	const workflow = await world.save(
		world.row(
			'trigger',
			await world.triggerNode('Trigger', { events, textFilters: ours }),
			node('Nothing', 'n8n-nodes-base.noOp', 1, {}),
		),
	);
	await world.n8n.activateWorkflow(workflow);
	return workflow;
}

const paper = (world: World, name: string) => ({
	title: `${world.prefix} ${name}`,
	text: `The text of ${name}`,
});

/** Each event of each of these documents, once. */
const expectedOf = (ids: number[]) =>
	ids.flatMap((id) => events.map((event) => `${event}:${id}`)).sort();

const eventIds = (items: Array<Record<string, unknown>>) =>
	items.map((item) => String(item['event_id'])).sort();

describe('the trigger in n8n', () => {
	let world: World;

	beforeAll(async () => {
		world = await World.open();
	});
	afterAll(async () => await world.close());

	it('starts the workflow with each document that comes after its first activation, once', async () => {
		await world.sendTexts(paper(world, 'before'));
		const [before] = await world.ids('documents');
		const workflow = await watch(world);

		await world.sendTexts(paper(world, 'first'), paper(world, 'second'));
		const items = await world.startedWith(4, workflow.id, 'Trigger');
		await world.n8n.deactivateWorkflow(workflow.id);

		const added = (await world.ids('documents')).filter((id) => id !== before);
		expect(eventIds(items)).toEqual(expectedOf(added));
		expect(new Set(items.map(({ title }) => title))).toEqual(
			new Set([`${world.prefix} first`, `${world.prefix} second`]),
		);
		expect(await world.started(workflow.id, 'Nothing')).toEqual(items);

		await world.sendTexts(paper(world, 'while it was off'));
		await world.n8n.activateWorkflow(workflow);
		const all = await world.startedWith(6, workflow.id, 'Trigger');
		await world.n8n.deactivateWorkflow(workflow.id);

		const later = (await world.ids('documents')).filter((id) => id !== before);
		expect(eventIds(all)).toEqual(expectedOf(later));
	});
});

/** n8n then saves what a trigger remembers together with the execution that it starts. */
const durableCursors = {
	N8N_LOG_LEVEL: 'debug',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
};

/** With durable cursors n8n forgets what the poll at activation remembered; the first one after it counts. */
async function firstScheduledPoll({ server }: Host): Promise<void> {
	await waitFor(async () => await logSays(server.logFile, 'Poll returned no new data'), {
		what: () => 'the first scheduled poll',
	});
}

describe.each([
	{ kind: 'an n8n', settings: {}, begins: async () => await Promise.resolve() },
	{ kind: 'an n8n with durable cursors', settings: durableCursors, begins: firstScheduledPoll },
])('the trigger in $kind that is killed', ({ settings, begins }) => {
	let host: Host;
	let world: World;

	beforeAll(async () => {
		host = await startHost({ name: 'e2e-crash', fresh: true, settings });
		world = await World.open(host.client);
	}, threeStarts);
	afterAll(async () => {
		await world.close();
		await host.stop();
	});

	it(
		'loses nothing that happens meanwhile, and reports nothing twice',
		async () => {
			const workflow = await watch(world);
			await begins(host);
			await world.sendTexts(paper(world, 'before the crash'));
			await host.crash(async () => await world.sendTexts(paper(world, 'during the crash')));
			const first = await world.startedWith(4, workflow.id, 'Trigger', leaseMs);

			await host.crash(async () => await world.sendTexts(paper(world, 'during another crash')));
			const all = await world.startedWith(6, workflow.id, 'Trigger', leaseMs);
			await world.n8n.deactivateWorkflow(workflow.id);

			const ids = (await world.ids('documents')).sort((a, b) => a - b);
			expect(eventIds(first)).toEqual(expectedOf(ids.slice(0, 2)));
			expect(eventIds(all)).toEqual(expectedOf(ids));
		},
		threeStartsAndLeases,
	);
});
