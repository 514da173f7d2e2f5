import type { ConsoleMessage, Page } from 'playwright-core';

import type { WorkflowDefinition } from '../../scripts/n8n/rest.mts';
import type { Editor } from '../e2e/support/browser.mts';
import type { World } from '../e2e/support/world.mts';

/** What n8n itself says, such as that its code editor found no network. */
const ofN8n =
	/favicon|status of 40[134]|ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|posthog|typescript\.worker/i;

/** Nothing moves, so nothing is drawn more than once. */
const still = '*, *::before, *::after { animation: none !important; transition: none !important }';

const note = 'n8n-nodes-base.stickyNote';

/** A busy n8n marks a field until its list has come. */
const LISTS_COME_WITHIN_MS = 10_000;

/** What stays marked red in a node’s panel, with the field and what n8n says of it. */
async function marked(page: Page): Promise<string[]> {
	const marks = page.getByTestId('ndv').getByTestId('parameter-issues');
	if ((await marks.count()) === 0) return [];
	try {
		await marks.first().waitFor({ state: 'detached', timeout: LISTS_COME_WITHIN_MS });
		return [];
	} catch {
		await marks.first().hover();
		const said = await page.getByText('Issues:').locator('..').first().innerText();
		const fields = await marks.evaluateAll((all) =>
			all.map((mark) => mark.closest('[class*=parameter-item]')?.textContent ?? ''),
		);
		return [...fields, said];
	}
}

/**
 * Opens the pickers of the panel that have not been open on this canvas, chooses the first row of
 * each, and returns what they show instead of a list.
 */
async function failedPickers(page: Page, opened: Set<string>): Promise<string[]> {
	const failures: string[] = [];
	const visible = (id: string) => page.locator(`[data-test-id="${id}"]:visible`);
	const pickers = page.getByTestId('ndv').locator('[data-test-id^="resource-locator-"]');
	for (const picker of await pickers.all()) {
		const name = (await picker.getAttribute('data-test-id')) ?? '';
		if (opened.has(name)) continue;
		opened.add(name);
		await picker.getByTestId('rlc-input').click();
		await visible('rlc-item').or(visible('rlc-error-container')).first().waitFor();
		const failed = await visible('rlc-error-container').allInnerTexts();
		failures.push(...failed);
		if (failed.length === 0) await visible('rlc-item').first().click();
	}
	return failures;
}

/** Opens the panels of all nodes of a workflow on a page, and returns what is wrong in them. */
export async function offencesIn(
	{ editor, world, page }: { editor: Editor; world: World; page: Page },
	workflow: WorkflowDefinition,
	{ opensLists }: { opensLists: boolean },
): Promise<string[]> {
	const { id } = await world.save(workflow);
	const found: string[] = [];
	const opened = new Set<string>();
	const listen = (message: ConsoleMessage) => {
		if (message.type() === 'error' && !ofN8n.test(message.text()))
			found.push(`${message.text()} ${message.location().url}`);
	};
	const look = async (name: string) => {
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await page.getByTestId('ndv').waitFor();
		await editor.picture(page, `panel ${workflow.name} ${name}`);
		found.push(...(await marked(page)).map((label) => `${name}: ${label}`));
		if (opensLists) found.push(...(await failedPickers(page, opened)));
		await page.keyboard.press('Escape');
		await page.getByTestId('ndv').waitFor({ state: 'detached' });
	};
	page.on('console', listen);
	await editor.visit(
		`workflow/${id}`,
		async () => {
			await page.getByTestId('canvas-node').first().waitFor();
			await page.addStyleTag({ content: still });
			found.push(
				...(await page.getByTestId('node-issues').all()).map(
					() => 'A node is marked on the canvas',
				),
			);
			for (const { name, type } of workflow.nodes) if (type !== note) await look(name);
		},
		page,
	);
	page.off('console', listen);
	return found;
}
