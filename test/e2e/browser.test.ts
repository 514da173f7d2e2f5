import { DateTime } from 'luxon';
import type { Locator, Page } from 'playwright-core';

import type { CredentialTest } from '../../scripts/n8n/rest.mts';
import { browserPath, Editor, howToGetABrowser } from './support/browser.mts';
import { tell } from './support/tell.mts';
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

	it('leads to the unpaid invoices of last month as a table, without an expression', async () => {
		const type = await world.create('document_types', 'Invoice');
		const unpaid = await world.create('tags', 'Unpaid');
		const dayOf = (monthsAgo: number) =>
			DateTime.now().minus({ months: monthsAgo }).startOf('month').toISODate();
		const invoice = (name: string, monthsAgo: number, tags: number[]) => ({
			title: `${world.prefix} ${name}`,
			text: name,
			fields: { document_type: type, created: dayOf(monthsAgo), tags },
		});
		await world.sendTexts(
			invoice('water', 1, [unpaid]),
			invoice('paid', 1, []),
			invoice('older', 2, [unpaid]),
			invoice('power', 1, [unpaid]),
		);
		const { id } = await world.save(
			world.chain('new user', [{}], await world.paperlessNode('Find', { operation: 'getAll' })),
		);

		const { clicks, table } = await editor.visitNode(id, 'Find', async (page) => {
			const ndv = page.getByTestId('ndv');
			const made: string[] = [];
			const click = async (what: string, where: Locator) => {
				made.push(what);
				await where.first().click();
			};
			const choose = async (what: string) =>
				await click(what, page.getByRole('option', { name: what, exact: true }));
			const open = async (field: string) =>
				await click(
					field,
					// Its list is loaded then.
					ndv
						.getByTestId(`parameter-input-${field}`)
						.locator('.el-select:not(:has(input:disabled))'),
				);
			const addFilter = async (what: string) => {
				// What is open would hide the button; a key is no click.
				if (made.length > 0) await page.keyboard.press('Tab');
				await click('Add Filter', ndv.getByPlaceholder('Add Filter'));
				await choose(what);
			};
			await addFilter('Document Type Names or IDs');
			await open('documentTypes');
			await choose(`${world.prefix} Invoice`);
			await addFilter('Created In');
			await addFilter('All Tag Names or IDs');
			await open('allTags');
			await choose(`${world.prefix} Unpaid`);
			await click('Execute', page.getByTestId('node-execute-button'));
			const output = page.getByTestId('output-panel');
			await output.getByText('2 items').waitFor();
			await click('Table', output.getByTestId('radio-button-table'));
			await editor.picture(page, 'new user');
			return { clicks: made, table: await output.getByRole('row').allInnerTexts() };
		});
		tell(`A new user clicks ${clicks.length} times: ${clicks.join(', ')}`);

		expect(clicks.length).toBeLessThanOrEqual(14);
		expect(table.slice(1, 3)).toEqual([
			expect.stringContaining('power'),
			expect.stringContaining('water'),
		]);
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
