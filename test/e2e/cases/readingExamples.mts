import { type Example, inbox, invoiceFields, paper } from './example.mts';

const invoiceNames = ['Invoice', 'Due', 'Amount', 'Status'];

const day = (offset: number) =>
	new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

const lastYear = `${new Date().getUTCFullYear() - 1}-05-31`;

/** Those that only read from the archive. */
export const readingExamples: Example[] = [
	{
		file: 'announce-the-inbox.json',
		does: 'shows the newest document of the inbox when it is tested',
		given: async (world) => {
			await inbox(world);
			await world.sendTexts(paper(world, 'letter'));
		},
		proof: async ({ world, output }) => {
			const [id] = await world.ids('documents');
			expect(output('Message')).toMatchObject([
				{ text: expect.stringContaining(`/documents/${id}`), event_id: expect.any(String) },
			]);
		},
	},
	{
		file: 'archive-health.json',
		does: 'reports what the server says about itself',
		given: async () => undefined,
		proof: async ({ world, output }) => {
			const { documents_total: total } = await world.api<{ documents_total: number }>(
				'GET',
				'statistics/',
			);
			const [{ report, findings } = {}] = output('Report');
			expect(report).toContain(
				`Paperless-ngx ${world.shared.paperless.version}: ${total} documents`,
			);
			expect(output('Wants Attention')).toHaveLength((findings as string[]).length > 0 ? 1 : 0);
		},
	},
	{
		file: 'invoices-to-a-list.json',
		does: 'keeps one row an invoice, however often it runs',
		names: [...invoiceNames, 'Invoices'],
		given: async (world) => {
			const fields = await invoiceFields(world);
			await world.sendTexts(
				paper(world, 'bill', fields({ due: '2031-01-01', amount: 'EUR12.50' })),
				paper(world, 'letter'),
			);
		},
		proof: async ({ world, output, again }) => {
			const [bill] = await world.ids('documents');
			await world.api('PATCH', `documents/${bill}/`, { title: `${world.prefix} paid bill` });
			const second = await again();
			expect(output('Keep')).toMatchObject([
				{ document: bill, amount: 12.5, due: '2031-01-01', status: 'Open' },
			]);
			expect(second.output('Keep')).toMatchObject([
				{ id: output('Keep')[0]?.['id'], document: bill, title: `${world.prefix} paid bill` },
			]);
		},
	},
	{
		file: 'nightly-copy.json',
		does: 'goes on where it was interrupted, and copies later only what has changed',
		names: ['Paperless copy'],
		given: async (world) => {
			const field = await world.create('custom_fields', 'Reference', { data_type: 'string' });
			for (const name of ['one', 'two', 'three']) {
				await world.sendTexts(
					paper(world, name, { custom_fields: [{ field, value: `No ${name}` }] }),
				);
			}
			const [one] = await world.ids('documents');
			await world.api('POST', `documents/${one}/notes/`, { note: 'Remember' });
			const interrupted = await world.example('nightly-copy.json', ['Paperless copy']);
			const changed = interrupted.nodes.find(({ name }) => name === 'Changed Since');
			Object.assign(changed?.parameters ?? {}, { returnAll: false, limit: 2 });
			expect(await world.run(interrupted)).toMatchObject({ status: 'success' });
		},
		proof: async ({ world, output, again }) => {
			const [one, two, three] = await world.ids('documents');
			await world.api('PATCH', `documents/${two}/`, { title: `${world.prefix} changed` });
			const second = await again();
			// What was copied last is copied once more: others may have changed in the same instant.
			expect(output('Keep')).toMatchObject([
				{ document: three },
				{
					document: one,
					title: `${world.prefix} one`,
					text: expect.stringContaining('The text of one'),
					customFields: JSON.stringify({ [`${world.prefix} Reference`]: 'No one' }),
					notes: 'Remember',
				},
			]);
			expect(second.output('Keep')).toMatchObject([
				{ document: one, id: output('Keep')[1]?.['id'] },
				{ document: two, title: `${world.prefix} changed` },
			]);
		},
	},
	{
		file: 'open-invoices.json',
		does: 'lists the open ones, the most urgent first',
		names: invoiceNames,
		given: async (world) => {
			const fields = await invoiceFields(world);
			await world.sendTexts(
				paper(world, 'later', fields({ due: '2031-02-01', amount: 'EUR2.00' })),
				paper(world, 'sooner', fields({ due: '2031-01-01', amount: 'EUR1.00' })),
				paper(world, 'paid', fields({ due: '2031-01-01', amount: 'EUR3.00', paid: true })),
			);
		},
		proof: async ({ output }) =>
			expect(output('Message')).toMatchObject([
				{ text: expect.stringMatching(/sooner.*EUR1\.00, due 2031-01-01/) },
				{ text: expect.stringMatching(/later.*EUR2\.00, due 2031-02-01/) },
			]),
	},
	{
		file: 'overdue-invoices.json',
		does: 'writes one message about those that are open and late, the latest first',
		names: invoiceNames,
		given: async (world) => {
			const fields = await invoiceFields(world);
			await world.sendTexts(
				paper(world, 'late', fields({ due: day(-3), amount: 'EUR2.00' })),
				paper(world, 'very late', fields({ due: day(-30), amount: 'EUR1.00' })),
				paper(world, 'paid', fields({ due: day(-30), amount: 'EUR3.00', paid: true })),
				paper(world, 'in time', fields({ due: day(30), amount: 'EUR4.00' })),
			);
		},
		proof: async ({ output }) => {
			const lines = String(output('Message')[0]?.['text']).split('\n');
			expect(lines).toEqual([
				'2 overdue:',
				expect.stringMatching(/very late: EUR1\.00, due \S+ \((29|30|31) days ago\)/),
				expect.stringMatching(/ late: EUR2\.00, due \S+ \((2|3|4) days ago\)/),
			]);
		},
	},
	{
		file: 'year-as-zip.json',
		does: 'packs the documents of last year that have the tag',
		names: ['Taxes'],
		given: async (world) => {
			const tags = [await world.create('tags', 'Taxes')];
			await world.sendTexts(
				paper(world, 'assessment', { tags, created: lastYear }),
				paper(world, 'older', { tags, created: '2001-05-31' }),
			);
		},
		proof: async ({ world, execution, output }) => {
			const [assessment] = await world.ids('documents');
			const file = execution.items('ZIP')[0]?.binary?.['data'];
			expect(output('Tax Letters').map(({ id }) => id)).toEqual([assessment]);
			expect((await world.n8n.binary(file?.id ?? '')).subarray(0, 2).toString()).toBe('PK');
		},
	},
];
