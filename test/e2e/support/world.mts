import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { credentialType, readExample } from '../../../scripts/n8n/examples.mts';
import { root } from '../../../scripts/n8n/paths.mts';
import {
	type Credential,
	type Execution,
	N8nClient,
	type NodeReference,
	type SavedWorkflow,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../../scripts/n8n/rest.mts';
import { nodeType, triggerType } from '../../support/nodeTypes.mts';
import { Archive } from './archive.mts';
import { waitFor } from './waiting.mts';

/** Longer than any waiting takes, so that what was waited for is told. */
jest.setTimeout(300_000);

/** n8n takes no poll time of less than a minute, but as many poll times as one likes. */
export const everyFiveSeconds = {
	item: Array.from({ length: 12 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 5} * * * * *`,
	})),
};

/** An archive, and the n8n that works on it. */
export class World extends Archive {
	readonly n8n: N8nClient;
	/** When triggers ask. */
	pollTimes: object = everyFiveSeconds;
	private credentialPromise: Promise<Credential> | undefined;
	private readonly workflows: string[] = [];
	private readonly credentials: string[] = [];

	private constructor(n8n: N8nClient | undefined) {
		super();
		this.n8n = n8n ?? new N8nClient(this.shared.n8n.url);
	}

	/** In the n8n that all tests share, or in another one. */
	static async open(n8n?: N8nClient): Promise<World> {
		const world = new World(n8n);
		await world.n8n.logIn();
		return world;
	}

	async credential(): Promise<Credential> {
		const { url, token } = this.shared.paperless;
		this.credentialPromise ??= this.newCredential({ baseUrl: url, apiToken: token });
		return await this.credentialPromise;
	}

	async newCredential(data: Record<string, unknown>, type = credentialType): Promise<Credential> {
		const credential = await this.n8n.createCredential({
			name: `${this.prefix} credential`,
			type,
			data,
		});
		this.credentials.push(credential.id);
		return credential;
	}

	/** An example that keeps to the documents of this test, and calls things by the names here. */
	async example(
		file: string,
		names: string[] = [],
		...credentials: Credential[]
	): Promise<WorkflowDefinition> {
		const example = await readExample(file, await this.credential(), ...credentials);
		const ours = { rows: [{ field: 'title', condition: 'istartswith', text: this.prefix }] };
		const nodes = example.nodes.map((one) =>
			looksForDocuments(one)
				? { ...one, parameters: { ...one.parameters, filters: { ...filtersOf(one), texts: ours } } }
				: one,
		);
		const text = JSON.stringify({ ...example, nodes });
		return JSON.parse(
			names.reduce(
				(rewritten, name) =>
					rewritten
						.replaceAll(`"${name}"`, `"${this.prefix} ${name}"`)
						.replaceAll(`\\"${name}\\"`, `\\"${this.prefix} ${name}\\"`),
				text,
			),
		) as WorkflowDefinition;
	}

	async save(workflow: WorkflowDefinition): Promise<SavedWorkflow> {
		const saved = await this.n8n.createWorkflow(workflow);
		this.workflows.push(saved.id);
		return saved;
	}

	async run(workflow: WorkflowDefinition): Promise<Execution> {
		return await this.n8n.runWorkflow(await this.save(workflow));
	}

	/** A chain of nodes that begins with a click and the given items. */
	chain(name: string, items: object[], ...nodes: WorkflowNode[]): WorkflowDefinition {
		return this.row(name, ...itemSource(items), ...nodes);
	}

	/** Nodes one after the other. */
	row(name: string, ...all: WorkflowNode[]): WorkflowDefinition {
		const placed = all.map((node, index) => ({
			...node,
			position: [index * 200, 0] as [number, number],
		}));
		const connections = Object.fromEntries(
			all
				.slice(1)
				.map((node, index) => [
					all[index]?.name,
					{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
				]),
		);
		return { name: `${this.prefix} ${name}`, nodes: placed, connections };
	}

	async paperlessNode(
		name: string,
		parameters: Record<string, unknown>,
		onError: WorkflowNode['onError'] = 'stopWorkflow',
	): Promise<WorkflowNode> {
		const { id, name: credentialName } = await this.credential();
		return {
			...node(name, nodeType, 1, { resource: 'document', ...parameters }),
			credentials: { [credentialType]: { id, name: credentialName } },
			onError,
		};
	}

	async triggerNode(name: string, parameters: Record<string, unknown>): Promise<WorkflowNode> {
		return {
			...(await this.paperlessNode(name, {})),
			type: triggerType,
			parameters: { pollTimes: this.pollTimes, ...parameters },
		};
	}

	/** The node as the editor names it when it asks for choices. */
	async nodeReference(parameters: Record<string, unknown>): Promise<NodeReference> {
		const { type, typeVersion, credentials = {} } = await this.paperlessNode('', parameters);
		return {
			type,
			typeVersion,
			parameters: { resource: 'document', ...parameters },
			credentials,
		};
	}

	/** Uploads texts through the node and answers the documents' ids, in the order of the texts. */
	async uploadTexts(...texts: Array<{ title: string; text: string }>): Promise<number[]> {
		const execution = await this.run(
			this.chain(
				'upload',
				texts.map(({ title, text }) => ({
					title,
					file: Buffer.from(`${title}\n${text}`).toString('base64'),
				})),
				node('File', 'n8n-nodes-base.convertToFile', 1.1, {
					operation: 'toBinary',
					sourceProperty: 'file',
					options: { fileName: 'letter.txt', mimeType: 'text/plain' },
				}),
				await this.paperlessNode('Upload', {
					operation: 'upload',
					additionalFields: { title: "={{ $('Items').item.json.title }}" },
				}),
			),
		);
		if (execution.error) throw new Error(execution.error.message);
		return execution.items('Upload').map(({ json }) => json['id'] as number);
	}

	/** What a workflow was started with: the items of all its executions that have come to their end. */
	async started(workflowId: string, nodeName: string): Promise<Array<Record<string, unknown>>> {
		const executions = await this.n8n.executions(workflowId);
		const ended = executions
			.sort((a, b) => Number(a.id) - Number(b.id))
			.map(async ({ id }) => await this.n8n.finishedExecution(id));
		return (await Promise.all(ended)).flatMap((execution) => {
			if (execution.error) throw new Error(execution.error.message);
			return execution.items(nodeName).map(({ json }) => json);
		});
	}

	/** The same, as soon as there are that many. */
	async startedWith(
		count: number,
		workflowId: string,
		nodeName: string,
		patienceMs = 140_000,
	): Promise<Array<Record<string, unknown>>> {
		let items: Array<Record<string, unknown>> = [];
		return await waitFor(
			async () => {
				items = await this.started(workflowId, nodeName);
				return items.length >= count ? items : undefined;
			},
			{
				what: () => `${count} items of “${nodeName}”; there are ${JSON.stringify(items)}`,
				everyMs: 500,
				patienceMs,
			},
		);
	}

	async n8nLog(): Promise<string> {
		return await readFile(this.shared.n8n.logFile, 'utf8');
	}

	async packageManifest(): Promise<{
		name: string;
		n8n: { nodes: string[]; credentials: string[] };
	}> {
		return JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	}

	/** Removes all that carries the prefix, in n8n and in Paperless-ngx. */
	async close(): Promise<void> {
		await this.clear();
		for (const id of this.workflows) await this.n8n.deleteWorkflow(id);
		for (const id of this.credentials) await this.n8n.deleteCredential(id);
	}
}

const filtersOf = ({ parameters }: WorkflowNode) => parameters['filters'] as object | undefined;

const looksForDocuments = ({ type, parameters }: WorkflowNode): boolean =>
	// The server cannot look for a title in its trash.
	(type.startsWith(triggerType) && !String(parameters['events']).includes('documentDeleted')) ||
	(type.startsWith(nodeType) &&
		parameters['resource'] === 'document' &&
		parameters['operation'] === 'getAll');

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return {
		id: randomBytes(8).toString('hex'),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	};
}

function itemSource(items: object[]): WorkflowNode[] {
	return [
		node('Click', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('List', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ items }),
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
	];
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
export const byName = (value: unknown) => ({ __rl: true, mode: 'name', value });
