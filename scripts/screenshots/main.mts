import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from 'playwright-core';

import { browserPath, Editor, howToGetABrowser } from '../../test/e2e/support/browser.mts';
import { credentialType, readExample } from '../n8n/examples.mts';
import { startHost } from '../n8n/host.mts';
import { startPaperless } from '../n8n/paperless.mts';
import { root } from '../n8n/paths.mts';
import type { WorkflowDefinition } from '../n8n/rest.mts';
import { say, step } from '../support/progress.mjs';
import { type Picture, pictures } from './pictures.mts';

const folder = path.join(root, 'docs', 'images');

/** All pictures, or those of which a part of the name is given. */
const names = process.argv.slice(2);
const wanted = pictures.filter(
	({ file }) => names.length === 0 || names.some((name) => file.includes(name)),
);

/** Asked in the browser: whether no list is being loaded. */
const allIsLoaded =
	"[...document.querySelectorAll('input')].every(({ value, placeholder }) => !/^Loading/.test(value + placeholder))";

if (!browserPath) throw new Error(howToGetABrowser);

const paperless = await step('Start the sandbox Paperless-ngx', async () => await startPaperless());
const host = await step(
	'Start n8n with the packed package',
	async () => await startHost({ name: 'screenshots', fresh: true }),
);
const editor = await Editor.open(host.server.url);
try {
	const credential = await host.client.createCredential({
		name: 'Paperless-ngx',
		type: credentialType,
		data: { baseUrl: paperless.url, apiToken: paperless.token },
	});
	for (const picture of wanted) {
		const example = await readExample(picture.example, credential);
		await step(picture.file, async () => await take(picture, example));
	}
} finally {
	await editor.close();
	await host.stop();
	await paperless.stop();
}

async function take(picture: Picture, example: WorkflowDefinition): Promise<void> {
	const { id } = await host.client.createWorkflow(example);
	const file = path.join(folder, picture.file);
	await editor.visit(`workflow/${id}`, async (page) => {
		await page.setViewportSize(picture.size ?? { width: 1400, height: 900 });
		await page.getByTestId('canvas-node').first().waitFor();
		if (picture.run) await run(page);
		if (picture.node) await open(page, picture.node);
		if (picture.press) await page.getByRole('button', { name: picture.press }).first().click();
		for (const text of picture.waitFor ?? []) await page.getByText(text).first().waitFor();
		// What moves and what hides the picture.
		await page.addStyleTag({
			content:
				'.el-notification, .el-popper, [role="tooltip"], [data-test-id="ask-assistant-floating-button"] { display: none }',
		});
		await page.mouse.move(0, 0);
		await page.waitForFunction(allIsLoaded);
		await page.waitForTimeout(1500);
		await page.screenshot({ path: file, animations: 'disabled' });
	});
	const { size } = await stat(file);
	say(`${picture.file}: ${Math.round(size / 1000)} kB`);
}

async function run(page: Page): Promise<void> {
	await page.getByTestId('execute-workflow-button').first().click();
	await page.getByTestId('canvas-node-status-success').last().waitFor();
	await page.waitForTimeout(2000);
}

async function open(page: Page, name: string): Promise<void> {
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
	await page.getByTestId('ndv').waitFor();
}
