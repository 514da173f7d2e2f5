import { absence } from './support/absence.mts';
import { eventIds, eventsBegun, expectedOf, paper, watch } from './support/watching.mts';
import { World } from './support/world.mts';

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
