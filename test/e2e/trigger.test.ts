import { type Host, startHost } from '../../scripts/n8n/host.mts';
import { absence } from './support/absence.mts';
import { durableCursors, firstScheduledPoll } from './support/durableCursors.mts';
import { eventIds, eventsBegun, expectedOf, paper, watch } from './support/watching.mts';
import { World } from './support/world.mts';

/** n8n is installed anew and started three times. */
const threeStarts = 360_000;
/** After a crash n8n waits until the lease of the poll has run out. */
const leaseMs = 280_000;
const threeStartsAndLeases = 1_000_000;

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

describe('the trigger in n8n whose server goes away', () => {
	let world: World;

	beforeAll(async () => {
		world = await World.open();
	});
	afterAll(async () => await world.close());

	it('says so once, and reports what came in meanwhile when the server is back', async () => {
		const { workflowId, ids, endings, active } = await absence(world, {
			logFile: world.shared.n8n.logFile,
			polls: ({ name }) => new RegExp(`Poll trigger initiated for workflow "${name}"`),
		});

		expect(active).toBe(true);
		expect(endings).toEqual(['success', 'error']);
		expect(await eventsBegun(world, workflowId)).toEqual(expectedOf(ids));
	});
});

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
			await begins(host, workflow);
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
