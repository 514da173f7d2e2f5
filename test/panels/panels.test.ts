import type { Credential, WorkflowDefinition } from '../../scripts/n8n/rest.mts';
import { browserPath, Editor, howToGetABrowser } from '../e2e/support/browser.mts';
import { filledResources, filledTriggers } from './filledPanel.mts';
import { offencesIn } from './panelsOf.mts';
import { filesBelow } from '../support/sources.mts';
import { webhookTriggerType } from '../support/nodeTypes.mts';
import { World } from '../e2e/support/world.mts';

const inABrowser = browserPath ? describe : describe.skip;
const reason = browserPath ? '' : ` (left out: ${howToGetABrowser})`;

/** Nearly all of the time goes into drawing, which a browser does for each page by itself. */
const pagesAtOnce = 3;

const examples = filesBelow(['examples'], '.json').map((file) => file.replace('examples/', ''));

inABrowser(`every panel in n8n’s editor${reason}`, () => {
	let world: World;
	let editor: Editor;
	/** What is wrong, by the name of the resource or the file. The pages are opened in its order. */
	let offences: Map<string, Promise<string[]>>;

	const row = async (nodes: (typeof filledResources)[number]['nodes']) =>
		world.row(
			'panels',
			...(await Promise.all(
				nodes.map(async ({ name, parameters }) => await world.paperlessNode(name, parameters)),
			)),
		);

	const bothTriggers = async () => {
		const polling = await world.triggerNode('Polling', filledTriggers.polling);
		const called = await world.paperlessNode('Called', filledTriggers.webhook);
		return world.row('triggers', polling, { ...called, type: webhookTriggerType });
	};

	/** Its data tables are made by its first run. */
	const example = async (file: string, credentials: Credential[]) => {
		const workflow = await world.example(file, [], ...credentials);
		if (workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.dataTable')) {
			await world.run(workflow);
		}
		return workflow;
	};

	beforeAll(async () => {
		world = await World.open();
		editor = await Editor.open(world.shared.n8n.url);
		const others = [
			await world.newCredential({ apiKey: 'any' }, 'openAiApi'),
			await world.newCredential({ host: 'localhost', port: 25 }, 'smtp'),
		];
		const onAPage = await editor.pages(pagesAtOnce);
		const look = (workflow: () => Promise<WorkflowDefinition>, opensLists: boolean) => async () =>
			await onAPage(
				async (page) => await offencesIn({ editor, world, page }, await workflow(), { opensLists }),
			).catch((error: unknown) => [String(error)]);
		offences = new Map(
			[
				...filledResources.map(({ name, nodes }) => [name, look(() => row(nodes), true)] as const),
				['triggers', look(bothTriggers, true)] as const,
				...examples.map((file) => [file, look(() => example(file, others), false)] as const),
			].map(([name, begin]) => [name, begin()]),
		);
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});

	it.each(filledResources)('of $name shows nothing red and opens its lists', async ({ name }) => {
		expect(await offences.get(name)).toEqual([]);
	});

	it('of both triggers shows nothing red and opens its lists', async () => {
		expect(await offences.get('triggers')).toEqual([]);
	});

	it.each(examples)('of the example %s shows nothing red', async (file) => {
		expect(await offences.get(file)).toEqual([]);
	});
});
