import { paper } from './cases/example.mts';
import { converseIn, fromAi, idFromAi } from './support/conversation.mts';
import type { ScriptedModel } from './support/scriptedModel.mts';
import { tellSize, tokens } from './support/tokens.mts';
import { World } from './support/world.mts';

interface Task {
	words: string;
	tool: Record<string, unknown>;
	/** Makes what the task is about, and returns what the model fills in; nothing where it cannot be made. */
	given: (world: World) => Promise<Record<string, unknown> | undefined>;
	/** Of what the tool has told the model. */
	proof: (world: World, told: string) => Promise<void> | void;
}

const lease = async (world: World) => {
	const text = `${world.prefix} ${'rents the flat from Tuesday on. '.repeat(400)}`;
	const [id] = await world.sendTexts({ ...paper(world, 'lease'), text });
	return { id };
};
const only = async (world: World) => (await world.rows('documents'))[0] ?? { id: 0 };
const idsFromAi = fromAi('ids', 'IDs of documents, separated by commas');

const tasks: Task[] = [
	{
		words: 'Find the lease.',
		tool: {
			operation: 'getAll',
			searchMode: 'allWords',
			searchText: fromAi('words', 'Words that all occur in the document'),
			limit: 20,
		},
		given: async (world) => {
			await lease(world);
			return { words: `flat ${world.prefix}` };
		},
		proof: async (world, told) => expect(told).toContain(`"id":${(await only(world)).id}`),
	},
	{
		words: 'What does the lease say?',
		tool: { operation: 'get', document: idFromAi, options: { includeContent: true } },
		given: lease,
		proof: (_, told) => expect(told).toMatch(/rents the flat.*cut after 5000 of/s),
	},
	{
		words: 'Read the lease to me.',
		tool: { operation: 'download', document: idFromAi },
		given: async (world) => {
			const [id] = await world.sendTexts(paper(world, 'lease'));
			return { id };
		},
		proof: (_, told) => expect(told).toContain('The text of lease'),
	},
	{
		words: 'File the lease as a contract with the landlord.',
		tool: {
			operation: 'update',
			document: idFromAi,
			updateFields: {
				correspondent: {
					__rl: true,
					mode: 'name',
					value: fromAi('sender', 'Name of the correspondent'),
				},
				documentType: { __rl: true, mode: 'name', value: fromAi('type', 'Name of the type') },
			},
			options: { createIfMissing: true },
		},
		given: async (world) => ({
			...(await lease(world)),
			sender: `${world.prefix} Landlord`,
			type: `${world.prefix} Contract`,
		}),
		proof: async (world) =>
			expect(await only(world)).toMatchObject({
				correspondent: (await world.ids('correspondents'))[0],
				document_type: (await world.ids('document_types'))[0],
			}),
	},
	{
		words: 'Tag the lease as important.',
		tool: {
			operation: 'update',
			document: idFromAi,
			updateFields: { addTags: fromAi('tag', 'Name of the tag') },
		},
		given: async (world) => {
			await world.create('tags', 'important');
			return { ...(await lease(world)), tag: `${world.prefix} important` };
		},
		proof: async (world) =>
			expect((await only(world))['tags']).toEqual(expect.arrayContaining(await world.ids('tags'))),
	},
	{
		words: 'When does the lease end?',
		tool: { operation: 'ask', question: fromAi('question', 'The question') },
		given: async (world) =>
			(await world.letAiAnswer('It ends in 2031.')) ? { question: 'When?' } : undefined,
		proof: (_, told) => expect(told).toContain('It ends in 2031.'),
	},
	{
		words: 'Make one document of both scans.',
		tool: {
			resource: 'pdf',
			operation: 'merge',
			target: 'ids',
			documentIds: idsFromAi,
			options: { metadataFrom: fromAi('like', 'ID of the document that gives the title') },
		},
		given: async (world) => {
			const ids = await world.sendPdfs(
				{ title: `${world.prefix} first`, pages: 1 },
				{ title: `${world.prefix} second`, pages: 2 },
			);
			return { ids: ids.join(', '), like: String(ids[0]) };
		},
		proof: async (world) => expect(await world.ids('documents')).toHaveLength(3),
	},
	{
		words: 'Send the lease to Ann.',
		tool: {
			operation: 'email',
			documentIds: idsFromAi,
			to: fromAi('to', 'Address'),
			subject: 'The lease',
			message: 'Here it is.',
		},
		given: async (world) => ({ ids: String((await lease(world)).id), to: 'ann@example.com' }),
		proof: (_, told) => expect(told).toMatch(/"sent":true.*ann@example\.com/),
	},
	{
		words: 'Note on the lease that it is paid.',
		tool: {
			resource: 'note',
			operation: 'create',
			document: idFromAi,
			note: fromAi('note', 'The note'),
		},
		given: async (world) => ({ ...(await lease(world)), note: 'It is paid.' }),
		proof: async (world) =>
			expect(JSON.stringify((await only(world))['notes'])).toContain('It is paid.'),
	},
	{
		words: 'Give me a link to the lease for others.',
		tool: { resource: 'shareLink', operation: 'create', document: idFromAi },
		given: lease,
		proof: (world, told) => expect(told).toContain(`${world.shared.paperless.url}/share/`),
	},
	{
		words: 'How many documents are in the archive?',
		tool: { resource: 'system', operation: 'getStatistics' },
		given: async () => ({}),
		proof: (_, told) => expect(told).toMatch(/"documents_total":\d+/),
	},
];

describe('an agent with one tool', () => {
	let world: World;
	let model: ScriptedModel | undefined;

	beforeEach(async () => {
		world = await World.open();
	});
	afterEach(async () => {
		model?.close();
		await world.close();
	});

	it.each(tasks)(
		'does in one call of less than 2,000 tokens: $words',
		async ({ words, tool, given, proof }) => {
			const filledIn = await given(world);
			if (filledIn === undefined) return;

			const conversation = await converseIn(
				world,
				{ archive: await world.credential(), tools: { Tool: tool }, question: words },
				() => ({ tool: 'Tool', with: filledIn }),
				() => 'Done.',
			);

			model = conversation.model;
			const [told = ''] = model.answers;
			tellSize(words, told);
			expect(conversation.execution.items('Agent')[0]?.json).toEqual({ output: 'Done.' });
			await proof(world, told);
			expect(tokens(told)).toBeLessThan(2000);
		},
	);
});
