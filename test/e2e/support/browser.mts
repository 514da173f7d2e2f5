import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { type Browser, type BrowserContext, chromium, type Page, selectors } from 'playwright-core';

import { atMost } from '../../../nodes/api/atMost.ts';
import { root } from '../../../scripts/n8n/paths.mts';
import { owner } from '../../../scripts/n8n/rest.mts';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
	'--headless=new',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Nothing here takes seconds by itself, but a busy machine does. */
const PATIENCE_MS = 100_000;

export const browserPath = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find(
	(place) => place !== '' && existsSync(place),
);

export const howToGetABrowser =
	'no Chromium is installed: on Debian or Ubuntu “apt-get install chromium”, elsewhere set CHROMIUM_PATH to its executable';

/** A browser in which the owner of n8n is logged in. */
export class Editor {
	private readonly browser: Browser;
	private readonly context: BrowserContext;
	private readonly page: Page;
	private readonly url: string;

	private constructor(browser: Browser, page: Page, url: string) {
		this.browser = browser;
		this.context = page.context();
		this.page = page;
		this.url = url;
	}

	static async open(url: string): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({
			...(browserPath ? { executablePath: browserPath } : {}),
			args: FLAGS,
		});
		const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
		context.setDefaultTimeout(PATIENCE_MS);
		const page = await context.newPage();
		await page.goto(`${url}/signin`);
		await page.getByLabel('Email').fill(owner.email);
		await page.getByLabel('Password').fill(owner.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow)/);
		return new Editor(browser, page, url);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Opens more pages. Work begins in its order, each as soon as one of the pages is free. */
	async pages(count: number): Promise<<T>(work: (page: Page) => Promise<T>) => Promise<T>> {
		const free = await Promise.all(Array.from({ length: count }, () => this.context.newPage()));
		const limit = atMost(count);
		return async (work) =>
			await limit(async () => {
				const page = free.pop() as Page;
				return await work(page).finally(() => free.push(page));
			});
	}

	/** Does something on a page of the editor; what was to be seen when that failed is kept. */
	async visit<T>(
		path: string,
		work: (page: Page) => Promise<T>,
		page: Page = this.page,
	): Promise<T> {
		await page.goto(`${this.url}/${path}`);
		try {
			return await work(page);
		} catch (error) {
			const picture = await this.picture(page, path);
			throw new Error(`${String(error)}\nThe page looked like ${picture}`, { cause: error });
		}
	}

	/** Keeps what is to be seen, and returns the file. */
	async picture(page: Page, name: string): Promise<string> {
		const file = pictureFile(name);
		await page.screenshot({ path: file, type: 'jpeg', quality: 70 });
		return file;
	}

	/** Opens a node's panel from the canvas. */
	async visitNode<T>(
		workflowId: string,
		name: string,
		work: (page: Page) => Promise<T>,
	): Promise<T> {
		return await this.visit(`workflow/${workflowId}`, async (page) => {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
			await page.getByTestId('ndv').waitFor();
			return await work(page);
		});
	}
}

function pictureFile(of: string): string {
	const folder = path.join(root, '.cache', 'browser');
	mkdirSync(folder, { recursive: true });
	return path.join(folder, `${of.replaceAll(/\W+/g, '-')}.jpg`);
}
