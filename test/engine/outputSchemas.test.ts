import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Engine } from '../support/engine.mts';
import type { Case, Furnished } from '../support/operationCases.mts';
import { cases, furnish, isAi, isOffered, writes } from '../support/operationCases.mts';
import { outputSchema, schemaFile } from '../support/outputSchema.mts';
import { byId, byName, engineFor, results, textFile } from '../support/paperless.mts';
import type { Profile } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { filesBelow } from '../support/sources.mts';
import { storedSchema } from '../support/storedSchema.mts';
import { prepareWrite, ruleFields, writingRequestsOf } from '../support/writingRequests.mts';

const folder = 'nodes/PaperlessNgx/__schema__/v1.0.0';

const fileOf = ({ resource, operation }: Case) => `${folder}/${resource}/${operation.value}.json`;

/** What a reply to any request looks like, nobody knows. */
const described = cases.filter(({ resource }) => resource !== 'apiCall');

/** Objects whose keys people chose: custom fields, filters, headers of webhooks. */
const named = new Set([
	'assign_custom_fields_values',
	'custom_fields',
	'filters',
	'headers',
	'linked_back',
	'params',
]);

/** What the archive gets, so that reading shows more than empty fields. */
const examples = [
	'correspondent.create',
	'documentType.create',
	'storagePath.create',
	'tag.create',
	'customField.create',
	'savedView.create',
	'workflow.create',
];

/** Reads these examples too. The letter is the uploaded document. */
const richer = (letter: unknown): Record<string, IDataObject> => ({
	'customField.get': { customField: byName('New') },
	'document.get': { document: byId(letter) },
	'document.getMetadata': { document: byId(letter) },
	'document.getSelectionStatistics': { documentIds: `5, ${String(letter)}` },
	'document.getSuggestions': { document: byId(letter) },
	'mailRule.get': { mailRule: byName('Receipts') },
	'savedView.get': { savedView: byName('New') },
	'shareLink.getAll': { scope: 'all' },
	'tag.get': { tag: byName('New') },
	'workflow.get': { workflow: byName('New') },
});

/** What a language model of the server would answer (docs/paperless-api.md#ai-answers). */
const answers = [
	{
		path: 'chat/$',
		contentType: 'text/event-stream',
		body: 'It ends in June.\n\n__PAPERLESS_CHAT_METADATA__{"references":[{"id":5,"title":"Lease"}]}',
	},
	{
		path: 'ai_suggestions/$',
		body: {
			title: 'A lease',
			correspondents: [1],
			suggested_correspondents: ['Landlord'],
			document_types: [1],
			suggested_document_types: ['Lease'],
			storage_paths: [1],
			suggested_storage_paths: ['Flat'],
			tags: [1],
			suggested_tags: ['home'],
			dates: ['2024-01-31'],
		},
	},
];

type Call = { parameters: IDataObject; items: INodeExecutionData[] };

/** A server that shows what operations put out. It is filled once for those that read, and for each that writes. */
class Server {
	readonly profile: Profile;
	private readonly sandbox: Sandbox;
	private readonly engine: Engine;
	private archive: (Furnished & { more: Record<string, IDataObject> }) | undefined;

	constructor(profile: Profile, sandbox: Sandbox) {
		this.profile = profile;
		this.sandbox = sandbox;
		this.engine = engineFor(sandbox);
	}

	async close() {
		await this.sandbox.close();
	}

	private async make(name: string) {
		const [resource, operation = ''] = name.split('.');
		const request = writingRequestsOf(this.profile)[name];
		if (typeof request === 'function') throw new Error(`${name} prepares more than itself`);
		const items = [await textFile(this.engine, 'A letter about water of 2024-01-31')];
		const [made] = await results(this.engine, operation, { resource, ...request }, { items });
		return made;
	}

	private async fill() {
		await this.sandbox.reset();
		await this.sandbox.settings({ consumptionSeconds: 0 });
		const letter = await this.make('document.upload');
		const furnished = await furnish(this.sandbox, this.engine, this.profile === '3.0.5');
		for (const name of examples) await this.make(name);
		const rule = { resource: 'mailRule', mailRule: byName('Invoices'), updateFields: ruleFields };
		await results(this.engine, 'update', rule);
		// Which task is the newest depends on the time that each took.
		const task = { taskId: letter?.task_id };
		const own = { ...furnished.own, 'task.get': task, 'task.waitFor': task };
		return { ...furnished, own, more: richer(letter?.id) };
	}

	private async calls({ name, values }: Case): Promise<Call[]> {
		this.archive ??= await this.fill();
		const { items, own, more } = this.archive;
		const usual = { ...values, ...own[name] };
		return [usual, ...(name in more ? [{ ...usual, ...more[name] }] : [])].map((parameters) => ({
			parameters,
			items,
		}));
	}

	private async write({ name, resource }: Case): Promise<Call[]> {
		this.archive = undefined;
		const request = writingRequestsOf(this.profile)[name];
		if (!request) throw new Error('It has no row in test/support/writingRequests.mts');
		const { asked, items } = await prepareWrite(this.sandbox, this.engine, request);
		return [{ items, parameters: { resource, ...asked } }];
	}

	/** What an operation puts out here, in calls that show as much of it as possible. */
	async outputsOf(one: Case): Promise<IDataObject[]> {
		const calls = await (writes(one) ? this.write(one) : this.calls(one));
		if (isAi(one)) {
			const faults = answers.map((answer) => ({ ...answer, kind: 'status' as const, status: 200 }));
			await this.sandbox.misbehave(...faults);
		}
		const outputs: IDataObject[] = [];
		for (const { parameters, items } of calls)
			outputs.push(...(await results(this.engine, one.operation.value, parameters, { items })));
		await this.sandbox.behave();
		return outputs;
	}
}

describe('What the editor offers of an operation before it has run', () => {
	const servers: Server[] = [];
	beforeAll(async () => {
		// The newest first: n8n shows keys in the order in which they first occur.
		for (const profile of profiles.toReversed())
			servers.push(new Server(profile, await Sandbox.start(profile)));
	});
	afterAll(async () => {
		for (const server of servers) await server.close();
	});

	// Reading first, because writing makes it necessary to fill the archive again.
	const inOrder = [...described.filter((one) => !writes(one)), ...described.filter(writes)];

	it.each(inOrder)('is what $name puts out', async (one) => {
		const outputs: IDataObject[] = [];
		for (const server of servers)
			if (isOffered(one, server.profile)) outputs.push(...(await server.outputsOf(one)));
		const text = schemaFile(outputSchema(outputs, named));

		expect(outputs).not.toEqual([]);
		expect(storedSchema(fileOf(one), text)).toBe(text);
		// The name of another object stands where its ID would: “account”, and not “account_name”.
		expect(text).not.toMatch(/"(?!\w*file_name|first_name|last_name)\w+_names?":/);
	});

	it('is nothing for operations that do not exist', () => {
		expect(filesBelow([folder], '')).toEqual(described.map(fileOf).sort());
	});
});
