import type { ConsoleMessage, Page } from 'playwright-core';

import type { WorkflowDefinition } from '../../scripts/n8n/rest.mts';
import { browserPath, Editor, howToGetABrowser } from './support/browser.mts';
import { filledResources, filledTriggers } from './support/filledPanel.mts';
import { webhookTriggerType } from '../support/nodeTypes.mts';
import { World } from './support/world.mts';

const inABrowser = browserPath ? describe : describe.skip;
const reason = browserPath ? '' : ` (left out: ${howToGetABrowser})`;

/** What n8n itself says on every page. */
const ofN8n = /favicon|status of 40[134]|ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|posthog/i;

inABrowser(`every panel in n8n’s editor${reason}`, () => {
	let world: World;
	let editor: Editor;

	beforeAll(async () => {
		world = await World.open();
		editor = await Editor.open(world.shared.n8n.url);
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});

	/** What is marked red in a node’s panel, with the label of the field. */
	const marked = async (page: Page): Promise<string[]> =>
		await page
			.getByTestId('ndv')
			.getByTestId('parameter-issues')
			.evaluateAll((marks) =>
				marks.map((mark) => mark.closest('.parameter-item, [class*=parameter]')?.textContent ?? ''),
			);

	/** Opens each picker of the panel, and returns what it shows instead of a list. */
	const failedPickers = async (page: Page): Promise<string[]> => {
		const failures: string[] = [];
		const visible = (id: string) => page.locator(`[data-test-id="${id}"]:visible`);
		for (const picker of await page.getByTestId('ndv').getByTestId('rlc-input').all()) {
			await picker.click();
			await visible('rlc-item').or(visible('rlc-error-container')).first().waitFor();
			const failed = await visible('rlc-error-container').allInnerTexts();
			failures.push(...failed);
			if (failed.length === 0) await visible('rlc-item').first().click();
		}
		return failures;
	};

	const offences = async (workflow: WorkflowDefinition): Promise<string[]> => {
		const { id } = await world.save(workflow);
		const found: string[] = [];
		const listen = (message: ConsoleMessage) => {
			if (message.type() === 'error' && !ofN8n.test(message.text())) found.push(message.text());
		};
		return await editor.visit(`workflow/${id}`, async (page) => {
			page.on('console', listen);
			await page.getByTestId('canvas-node').first().waitFor();
			for (const { name } of workflow.nodes) {
				await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
				await page.getByTestId('ndv').waitFor();
				await editor.picture(page, `panel ${name}`);
				found.push(...(await marked(page)).map((label) => `${name}: ${label}`));
				found.push(...(await failedPickers(page)).map((text) => `${name}: ${text}`));
				await page.keyboard.press('Escape');
				await page.getByTestId('ndv').waitFor({ state: 'detached' });
			}
			page.off('console', listen);
			return found;
		});
	};

	it.each(filledResources)('of $name shows nothing red and opens its lists', async ({ nodes }) => {
		const all = nodes.map(
			async ({ name, parameters }) => await world.paperlessNode(name, parameters),
		);

		expect(await offences(world.row('panels', ...(await Promise.all(all))))).toEqual([]);
	});

	it('of both triggers shows nothing red and opens its lists', async () => {
		const polling = await world.triggerNode('Polling', filledTriggers.polling);
		const called = await world.paperlessNode('Called', filledTriggers.webhook);

		expect(
			await offences(world.row('panels', polling, { ...called, type: webhookTriggerType })),
		).toEqual([]);
	});
});
