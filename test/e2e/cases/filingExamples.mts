import { type Example, inbox, paper, titles } from './example.mts';

/** Those that change something there. */
export const filingExamples: Example[] = [
	{
		file: 'clear-the-inbox.json',
		does: 'takes what is filed and paid out of the inbox, and leaves the rest',
		names: ['To pay', 'Filed'],
		given: async (world) => {
			const tag = await inbox(world);
			const toPay = await world.create('tags', 'To pay');
			const filed = {
				correspondent: await world.create('correspondents', 'Sender'),
				document_type: await world.create('document_types', 'Letter'),
			};
			await world.sendTexts(
				paper(world, 'filed', { ...filed, tags: [tag] }),
				paper(world, 'to pay', { ...filed, tags: [tag, toPay] }),
				paper(world, 'new', { tags: [tag] }),
			);
		},
		proof: async ({ world }) => {
			const [tag] = await world.ids('tags');
			expect(await titles(world, `tags__id__none=${tag}`)).toEqual(['filed']);
			expect(await titles(world, `tags__name__iexact=${world.prefix} Filed`)).toEqual(['filed']);
		},
	},
	{
		file: 'file-attachments.json',
		does: 'files the attachment under its sender, and the same one not again',
		names: ['Harbour Insurance', 'policy.txt'],
		given: async () => undefined,
		proof: async ({ world, output, again }) => {
			const second = await again();
			const [sender] = await world.ids('correspondents');
			expect(await world.rows('documents')).toMatchObject([{ correspondent: sender }]);
			expect(second.output('Upload')[0]?.['id']).toBe(output('Upload')[0]?.['id']);
		},
	},
	{
		file: 'file-from-a-text.json',
		does: 'files the note under the caller, and the same one not again',
		names: ['Northwind Energy'],
		given: async () => undefined,
		proof: async ({ world, output, again }) => {
			const second = await again();
			const [caller] = await world.ids('correspondents');
			const [filed, ...others] = await world.rows('documents');
			expect(filed).toMatchObject({
				correspondent: caller,
				original_file_name: 'call.txt',
				content: expect.stringContaining('The meter is read on Monday'),
			});
			expect(others).toEqual([]);
			expect(output('File the Note')).toMatchObject([{ status: 'created', id: filed?.id }]);
			expect(second.output('File the Note')).toMatchObject([
				{ status: 'duplicate', id: filed?.id },
			]);
		},
	},
	{
		file: 'move-a-workflow.json',
		does: 'creates a copy by names that is switched off',
		names: ['Sort the Post'],
		given: async (world) => {
			const tag = await world.create('tags', 'Post');
			await world.create('workflows', 'Sort the Post', {
				triggers: [{ type: 2, filter_filename: '*.pdf' }],
				actions: [{ type: 1, assign_tags: [tag] }],
			});
		},
		proof: async ({ world, output }) => {
			const [tag] = await world.ids('tags');
			expect(output('Read It')).toMatchObject([
				{
					triggers: [{ type: 'document_added' }],
					actions: [{ assign_tags: [`${world.prefix} Post`] }],
				},
			]);
			expect(await world.rows('workflows')).toMatchObject([
				{ name: `${world.prefix} Sort the Post`, enabled: true },
				{
					name: `${world.prefix} Sort the Post (moved)`,
					enabled: false,
					actions: [{ assign_tags: [tag] }],
				},
			]);
		},
	},
	{
		file: 'onboard-a-user.json',
		does: 'creates the user, and the group only once',
		names: ['Household Team'],
		given: async () => undefined,
		proof: async ({ world, output, again }) => {
			const [group] = await world.ids('groups');
			const [user] = output('Create the User');
			const [{ text } = {}] = output('Welcome');
			const created = await world.api<object>('GET', `users/${String(user?.['id'])}/`);
			await world.api('DELETE', `users/${String(user?.['id'])}/`);
			const second = await again();
			await world.api('DELETE', `users/${String(second.output('Create the User')[0]?.['id'])}/`);

			expect(created).toMatchObject({ email: 'clara@example.com', groups: [group] });
			expect(text).toMatch(/clara.* first password is [\da-f]{20}\.$/);
			expect(JSON.stringify(user)).not.toContain(String(text).slice(-21, -1));
			expect(second.output('Create the Group')).toEqual([]);
			expect(await world.rows('groups')).toHaveLength(1);
		},
	},
	{
		file: 'tag-a-sender.json',
		does: 'tags all documents of the sender',
		names: ['Northwind Energy', 'Taxes'],
		given: async (world) => {
			const correspondent = await world.create('correspondents', 'Northwind Energy');
			await world.create('tags', 'Taxes');
			await world.sendTexts(paper(world, 'bill', { correspondent }), paper(world, 'other'));
		},
		proof: async ({ world }) => {
			const [taxes] = await world.ids('tags');
			expect(await titles(world, `tags__id__all=${taxes}`)).toEqual(['bill']);
		},
	},
	{
		file: 'sort-by-sender.json',
		does: 'gives each document in the inbox its sender, who is created once',
		given: async (world) => {
			await inbox(world);
			const name = `${world.prefix} Acme`;
			await world.sendTexts(
				{ title: `${name} one`, text: '', file: `\n  ${name}  \nfirst letter` },
				{ title: `${name} two`, text: '', file: `${name}\nsecond letter` },
			);
		},
		proof: async ({ world }) => {
			const [sender, ...others] = await world.rows('correspondents');
			expect(sender?.['name']).toBe(`${world.prefix} Acme`);
			expect(others).toEqual([]);
			expect(await titles(world, `correspondent__id=${sender?.id}`)).toEqual([
				'Acme one',
				'Acme two',
			]);
		},
	},
	{
		file: 'find-duplicates.json',
		does: 'tags all but the oldest of those with the same text',
		names: ['Duplicate'],
		given: async (world) => {
			const text = `The same text twice, for ${world.prefix} only.`;
			await world.sendTexts({ ...paper(world, 'first'), file: text }, paper(world, 'another'));
			await world.sendTexts({ ...paper(world, 'second'), file: `${text}\n\n` });
		},
		proof: async ({ world, output }) => {
			const [first, , second] = await world.ids('documents');
			const [tag] = await world.ids('tags');
			expect(output('Groups')).toMatchObject([{ keep: first, copies: [second], same_file: false }]);
			expect(await titles(world, `tags__id__all=${tag}`)).toEqual(['second']);
		},
	},
	{
		file: 'work-queue.json',
		does: 'works on the oldest document of the queue, and on nothing when it is empty',
		names: ['To do', 'In progress', 'Done'],
		given: async (world) => {
			const tags = [await world.create('tags', 'To do')];
			await world.sendTexts(paper(world, 'first', { tags }));
			await world.sendTexts(paper(world, 'second', { tags }), paper(world, 'other'));
		},
		proof: async ({ world, output, again }) => {
			const [first, second] = await world.ids('documents');
			const next = await again();
			const last = await again();
			const notes = await world.api('GET', `documents/${first}/notes/`);
			expect(output('Claim Next')).toMatchObject([{ id: first }]);
			expect(next.output('Claim Next')).toMatchObject([{ id: second }]);
			expect(last.output('Claim Next')).toEqual([]);
			expect(notes).toMatchObject([{ note: expect.stringMatching(/^\d+ words$/) }]);
			expect(await titles(world, `tags__name__iexact=${world.prefix} Done`)).toEqual([
				'first',
				'second',
			]);
		},
	},
];
