import type { Credential } from '../../scripts/n8n/rest.mts';
import { invoiceFields, paper } from './cases/example.mts';
import { converseIn, fromAi, idFromAi } from './support/conversation.mts';
import type { Script, ScriptedModel } from './support/scriptedModel.mts';
import { tellSize, tokens } from './support/tokens.mts';
import { World } from './support/world.mts';

const tools: Record<string, Record<string, unknown>> = {
	Find: {
		operation: 'getAll',
		searchMode: 'allWords',
		searchText: fromAi('words', 'Words that all occur in the document'),
		limit: 20,
	},
	Read: { operation: 'get', document: idFromAi, options: { includeContent: true } },
	Tag: {
		operation: 'update',
		document: idFromAi,
		updateFields: { addTags: fromAi('tag', 'Name of the tag') },
	},
};

describe('the node as a tool of n8n’s AI Agent', () => {
	let world: World;
	let models: ScriptedModel[];

	beforeEach(async () => {
		world = await World.open();
		models = [];
	});
	afterEach(async () => {
		for (const model of models) model.close();
		await world.close();
	});

	const converse = async (archive: Credential, ...script: Script[]) => {
		const question = 'Tag the lease as important, and give me its link.';
		const conversation = await converseIn(world, { archive, tools, question }, ...script);
		models.push(conversation.model);
		return conversation;
	};

	const firstId = (found: string | undefined) => Number(/"id":(\d+)/.exec(found ?? '')?.[1]);

	it('finds a document by its words, reads it, tags it by a name and answers with its link', async () => {
		const tag = await world.create('tags', 'important');
		const [lease] = await world.sendTexts({
			...paper(world, 'lease'),
			text: `${world.prefix} rents the flat for good.`,
		});

		const { execution, model } = await converse(
			await world.credential(),
			() => ({ tool: 'Find', with: { words: `flat ${world.prefix}` } }),
			([found]) => ({ tool: 'Read', with: { id: firstId(found) } }),
			([, read]) => ({
				tool: 'Tag',
				with: { id: firstId(read), tag: `${world.prefix} important` },
			}),
			([, read]) => `It is ${/"url":"([^"]+)/.exec(read ?? '')?.[1]}`,
		);

		const url = `${world.shared.paperless.url}/documents/${lease}`;
		expect(execution.items('Agent').map(({ json }) => json)).toEqual([{ output: `It is ${url}` }]);
		expect(model.answers[1]).toContain('rents the flat for good');
		expect((await world.rows('documents'))[0]?.['tags']).toContain(tag);
	});

	it('tells the model what it may not do with a credential that is read only', async () => {
		const { url, token } = world.shared.paperless;
		const [lease] = await world.sendTexts(paper(world, 'lease'));
		const tag = await world.create('tags', 'important');

		const { execution, model } = await converse(
			await world.newCredential({ baseUrl: url, apiToken: token, readOnly: true }),
			() => ({ tool: 'Tag', with: { id: lease, tag: `${world.prefix} important` } }),
			([refused]) => `I could not: ${refused}`,
		);

		expect(execution.error).toBeUndefined();
		expect(model.answers[0]).toMatch(/read.only/i);
		expect(execution.items('Agent')[0]?.json['output']).toMatch(/^I could not: /);
		expect((await world.rows('documents'))[0]?.['tags']).not.toContain(tag);
	});

	it('tells the model of a name that does not exist which ones there are', async () => {
		const [lease] = await world.sendTexts(paper(world, 'lease'));
		await world.create('tags', 'important');

		const { model } = await converse(
			await world.credential(),
			() => ({ tool: 'Tag', with: { id: lease, tag: `${world.prefix} importent` } }),
			() => 'I ask back.',
		);

		expect(model.answers[0]).toContain(`${world.prefix} important`);
	});

	it('says in less than 2,000 tokens what twenty documents are, each with its ID', async () => {
		const fields = await invoiceFields(world);
		const correspondent = await world.create('correspondents', 'Northwind Energy');
		const tags = [await world.create('tags', 'Household')];
		const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
		const ids = await world.sendTexts(
			...numbers.map((number) =>
				paper(world, `Electricity ${number}`, {
					...fields({ due: '2031-01-01', amount: `EUR${200 + number}.00` }),
					correspondent,
					tags,
				}),
			),
		);

		const { model } = await converse(
			await world.credential(),
			() => ({ tool: 'Find', with: { words: `electricity ${world.prefix}` } }),
			() => 'I see.',
		);

		const [found = ''] = model.answers;
		// In an archive nothing has the prefix of a test.
		const plain = found.replaceAll(`${world.prefix} `, '');
		tellSize('Get Many of 20 as a tool', plain);
		const told = [...found.matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
		expect(new Set(told)).toEqual(new Set(ids));
		expect(tokens(plain)).toBeLessThan(2000);
	});

	it('is told apart from the others by what n8n says about it', async () => {
		const { model } = await converse(await world.credential(), () => 'Nothing to do.');

		const said = model.requests[0]?.tools.map((tool) => tool.function.description);
		expect(said?.sort()).toEqual([
			'Get document in Paperless-ngx',
			'Get many documents in Paperless-ngx',
			'Update document in Paperless-ngx',
		]);
	});
});
