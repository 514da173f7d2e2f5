import { type Example, paper } from './example.mts';

/** Those that a trigger starts: a run by hand shows what is there as examples of its events. */
export const triggerExamples: Example[] = [
	{
		file: 'log-what-happens.json',
		does: 'writes a line for each event of a document',
		given: async (world) => {
			const [kept, gone] = await world.sendTexts(paper(world, 'kept'), paper(world, 'gone'));
			await world.api('PATCH', `documents/${kept}/`, { archive_serial_number: 815 });
			await world.api('DELETE', `documents/${gone}/`);
		},
		proof: async ({ output }) => {
			const lines = output('Line').map(({ event_id }) => String(event_id).split(':')[0]);
			expect(lines).toEqual(['documentAdded', 'documentUpdated', 'documentDeleted']);
			expect(output('Line')[1]).toMatchObject({
				changed: expect.stringContaining('archive_serial_number'),
				changed_by: expect.stringMatching(/./),
			});
		},
	},
	{
		file: 'watch-a-filter.json',
		does: 'tells who is to be paid',
		names: ['To pay'],
		given: async (world) => {
			const tag = await world.create('tags', 'To pay');
			await world.sendTexts(paper(world, 'bill', { tags: [tag] }));
		},
		proof: async ({ world, output }) => {
			const [id] = await world.ids('documents');
			const texts = output('Message').map(({ text }) => String(text));
			expect(texts).toEqual([
				expect.stringMatching(new RegExp(`^To pay: .*/documents/${id}$`)),
				expect.stringMatching(new RegExp(`^Settled: .*/documents/${id}$`)),
			]);
		},
	},
	{
		file: 'watch-the-server.json',
		does: 'shows what it would tell of the server',
		given: async () => undefined,
		proof: async ({ world, output }) => {
			const { version } = world.shared.paperless;
			const texts = output('Message').map(({ text }) => String(text));
			expect(texts).toEqual([
				expect.stringMatching(/^database is OK$/),
				expect.stringMatching(/^Only [\d.]+ % of the storage is free$/),
				expect.stringContaining(`/v${version}`),
			]);
		},
	},
	{
		file: 'announce-failed-files.json',
		does: 'shows the last file that failed and why',
		given: async (world) => await world.sendBroken(),
		proof: async ({ world, output }) => {
			expect(output('Message')).toEqual([
				{
					text: expect.stringMatching(new RegExp(`^${world.prefix} broken\\.pdf: .+`)),
					event_id: expect.stringMatching(/^consumptionFailed:/),
				},
			]);
		},
	},
];
