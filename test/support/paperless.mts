import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PaperlessNgxTokenApi } from '../../credentials/PaperlessNgxTokenApi.credentials.ts';
import { PaperlessNgx } from '../../nodes/PaperlessNgx/PaperlessNgx.node.ts';
import type { Run, RunResult } from './engine.mts';
import { Engine } from './engine.mts';
import type { Sandbox } from './sandbox.mts';

export const types = { node: new PaperlessNgx(), credential: new PaperlessNgxTokenApi() };

/** The node as n8n offers it to agents. */
export class PaperlessNgxTool extends PaperlessNgx {
	constructor() {
		super();
		this.description = { ...this.description, name: `${this.description.name}Tool` };
	}
}

export const engineFor = (
	sandbox: Sandbox,
	user: 'admin' | 'reader' | 'clerk' = 'admin',
	more: IDataObject = {},
) =>
	new Engine(types, { baseUrl: sandbox.url, apiToken: sandbox.tokens[user], ...(more as object) });

export const byId = (id: unknown) => ({ __rl: true, mode: 'id', value: String(id) });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });
export const byTitle = (value: string) => ({ __rl: true, mode: 'title', value });

export type Document = { id: number; title: string; tags: unknown[]; [field: string]: unknown };

/** Runs an operation of the resource Document on one item or several. */
export async function run(
	engine: Engine,
	operation: string,
	parameters: object = {},
	more: Omit<Run, 'parameters'> = {},
): Promise<RunResult & { json: IDataObject[] }> {
	const result = await engine.run({
		parameters: { resource: 'document', operation, ...parameters } as INodeParameters,
		...more,
	});
	return { ...result, json: result.items.map(({ json }) => json) };
}

/** The same for an operation that must succeed. */
export async function results(
	engine: Engine,
	operation: string,
	parameters: object = {},
	more: Omit<Run, 'parameters'> = {},
): Promise<IDataObject[]> {
	const { json, error } = await run(engine, operation, parameters, more);
	if (error) throw new Error(`${error.message} — ${error.description}`);
	return json;
}

/** What the user is told: the message and how to go on. */
export async function refusal(
	engine: Engine,
	operation: string,
	parameters: object = {},
	more: Omit<Run, 'parameters'> = {},
): Promise<{ message: string; description: string; itemIndex: number | undefined }> {
	const { error, json } = await run(engine, operation, parameters, more);
	if (!error) throw new Error(`It went through: ${JSON.stringify(json).slice(0, 500)}`);
	return {
		message: error.message,
		description: error.description ?? '',
		itemIndex: error.context?.itemIndex,
	};
}

export const textFile = async (engine: Engine, text: string, fileName = 'letter.txt') => ({
	json: {},
	binary: { data: await engine.store(new TextEncoder().encode(text), fileName, 'text/plain') },
});
