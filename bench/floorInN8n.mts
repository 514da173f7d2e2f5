import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import type { RunResult } from '../test/support/engine.mts';
import { Engine } from '../test/support/engine.mts';
import { builtCredential } from './built.mts';
import type { CaseName } from './cases.mts';
import type { Fetch } from './floorDocuments.mts';
import { floorDocuments, pages } from './floorDocuments.mts';
import { restingMemory } from './memory.mts';
import type { Setting, Task } from './task.mts';
import { digest, measurer } from './task.mts';
import { serve } from './worker.mts';

const credential = builtCredential();

/**
 * The smallest node that lists documents. It sends the floor's requests with n8n's own helper, because
 * a community node may bring no other client, and returns the items to n8n.
 */
class SmallestNode implements INodeType {
	readonly description: INodeType['description'] = {
		displayName: 'Smallest',
		name: 'smallest',
		group: [],
		version: 1,
		description: 'Lists documents',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: credential.name, required: true }],
		properties: [],
	};
	readonly execute: NonNullable<INodeType['execute']>;

	constructor(baseUrl: string, queries: readonly string[], withPaths: boolean) {
		this.execute = async function (this: IExecuteFunctions) {
			const fetch: Fetch = (route) =>
				this.helpers.httpRequestWithAuthentication.call(this, credential.name, {
					url: `${baseUrl}/api/${route}`,
					headers: { accept: 'application/json; version=10' },
					json: true,
				});
			const documents = await floorDocuments(fetch, baseUrl, queries, withPaths);
			return [documents.map((json) => ({ json, pairedItem: { item: 0 } }))];
		};
	}
}

const rowsOf: Partial<Record<CaseName, number>> = {
	list1000: 1000,
	list10000: 10_000,
	fiveKinds: 1000,
};

async function prepare(name: CaseName, _run: number, { url, token }: Setting): Promise<Task> {
	const rows = rowsOf[name];
	if (rows === undefined) throw new Error(`${name} does not list documents`);
	const node = new SmallestNode(url, pages(rows), name === 'fiveKinds');
	const engine = new Engine({ node, credential }, { baseUrl: url, apiToken: token });
	const work = async () => {
		const { error, items } = await engine.run({ parameters: {} });
		if (error) throw new Error(error.message);
		return items;
	};
	const json = (items: unknown) => (items as RunResult['items']).map((item) => item.json);
	return await Promise.resolve({ work, summary: (items) => digest(json(items)) });
}

serve({ measure: measurer(prepare), restingMemory });
