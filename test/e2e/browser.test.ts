import type { Page } from 'playwright-core';

import type { CredentialTest } from '../../scripts/n8n/rest.mts';
import { browserPath, Editor, howToGetABrowser } from './support/browser.mts';
import { node, World } from './support/world.mts';

const inABrowser = browserPath ? describe : describe.skip;
const reason = browserPath ? '' : ` (left out: ${howToGetABrowser})`;

inABrowser(`n8n’s editor in a browser${reason}`, () => {
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

	const addCredential = async (page: Page, token: string) => {
		await page.getByTestId('add-resource-credential').click();
		await page.getByTestId('new-credential-type-select').locator('input').fill('Paperless');
		await page
			.getByTestId('new-credential-type-select-option')
			.filter({ hasText: 'Paperless-ngx API' })
			.click();
		await page.getByTestId('new-credential-type-button').click();
		const field = (name: string) => page.getByTestId(`parameter-input-${name}`).locator('input');
		await field('baseUrl').fill(world.shared.paperless.url);
		await field('apiToken').fill(token);
		// The dialog shows a success from before the test until the test has been answered.
		const [answer] = await Promise.all([
			page.waitForResponse(/\/credentials\/test$/),
			page.getByTestId('credential-save-button').click(),
		]);
		return (await answer.json()) as { data: CredentialTest };
	};

	it('says in the credential’s dialog that the connection works', async () => {
		const seen = await editor.visit('home/credentials', async (page) => {
			const { data } = await addCredential(page, world.shared.paperless.token);
			const success = page.getByTestId('credentials-config-container-test-success');
			return { status: data.status, shown: await success.isVisible() };
		});

		expect(seen).toEqual({ status: 'OK', shown: true });
	});

	it('says in the credential’s dialog why the connection does not work', async () => {
		const seen = await editor.visit('home/credentials', async (page) => {
			await addCredential(page, 'f'.repeat(40));
			await page.getByText('More details').click();
			return await page.getByTestId('credential-edit-dialog').innerText();
		});

		expect(seen).toMatch(/does not accept the token/);
		expect(seen).not.toMatch(/successful/);
	});

	it('shows the node’s panel, picks a document by searching, runs it and shows the output', async () => {
		await world.uploadTexts(
			{ title: `${world.prefix} oats`, text: 'porridge' },
			{ title: `${world.prefix} rye`, text: 'bread' },
		);
		const { id } = await world.save(
			world.chain(
				'picker',
				[{}],
				await world.paperlessNode('Get Rye', {
					operation: 'get',
					document: { __rl: true, mode: 'list', value: '' },
				}),
			),
		);

		const seen = await editor.visitNode(id, 'Get Rye', async (page) => {
			const resource = page.getByTestId('parameter-input-resource').locator('input');
			const operation = page.getByTestId('parameter-input-operation').locator('input');
			const panel = [await resource.inputValue(), await operation.inputValue()];

			await page.getByTestId('rlc-input').click();
			await page.getByPlaceholder('Search...').fill(`${world.prefix} rye`);
			const choices = page.getByTestId('rlc-item');
			await choices.filter({ hasText: 'oats' }).waitFor({ state: 'detached' });
			await choices.first().waitFor();
			const offered = await choices.allInnerTexts();
			await choices.first().click();

			await page.getByTestId('node-execute-button').click();
			const output = page.getByTestId('output-panel');
			await output.getByText(`${world.prefix} rye`).first().waitFor();
			return { panel, offered, output: await output.innerText() };
		});

		expect(seen.panel).toEqual(['Document', 'Get']);
		expect(seen.offered).toEqual([expect.stringContaining(`${world.prefix} rye`)]);
		expect(seen.output).toMatch(/1 item/);
	});

	it('creates what is typed in a picker, and chooses it', async () => {
		const { id } = await world.save(
			world.chain(
				'creation',
				[{}],
				await world.paperlessNode('Set', {
					resource: 'documentBulk',
					operation: 'setCorrespondent',
					correspondent: { __rl: true, mode: 'list', value: '' },
				}),
			),
		);

		const chosen = await editor.visitNode(id, 'Set', async (page) => {
			const field = page.getByTestId('resource-locator-correspondent').getByTestId('rlc-input');
			await field.click();
			await page.getByPlaceholder('Search').fill(`${world.prefix} Rye & Sons`);
			await page.getByTestId('rlc-item-add-resource').click();
			await page.getByTestId('rlc-item-add-resource').waitFor({ state: 'hidden' });
			return await field.inputValue();
		});

		const names = (await world.rows('correspondents')).map(({ name }) => name);
		expect(names).toEqual([`${world.prefix} Rye & Sons`]);
		expect(chosen).toBe(`${world.prefix} Rye & Sons`);
	});

	it('offers the fields of an output to the next node before anything has run', async () => {
		const { id } = await world.save(
			world.chain(
				'before the first run',
				[{}],
				await world.paperlessNode('Find', { operation: 'getAll' }),
				node('Next', 'n8n-nodes-base.set', 3.4, { options: {} }),
			),
		);

		const offered = await editor.visitNode(id, 'Next', async (page) => {
			const fields = page.getByTestId('ndv-input-panel').getByTestId('run-data-schema-item');
			await fields.filter({ hasText: 'archive_serial_number' }).waitFor();
			return await fields.allInnerTexts();
		});

		expect(offered).toEqual(
			expect.arrayContaining(
				['id', 'title', 'correspondent', 'tags'].map((name) => expect.stringContaining(name)),
			),
		);
	});
});
