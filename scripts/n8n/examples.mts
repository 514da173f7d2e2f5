import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from './paths.mts';
import type { Credential, N8nClient, SavedWorkflow, WorkflowDefinition } from './rest.mts';

export const credentialType = 'paperlessNgxTokenApi';
export const mainExample = 'main-job.json';

const folder = path.join(root, 'examples');

interface Imported {
	id: string;
	versionId: string;
	content: string;
}

/** An example whose nodes use the given credentials, each wherever its kind is asked for. */
export async function readExample(
	file: string,
	...credentials: Credential[]
): Promise<WorkflowDefinition> {
	const workflow = JSON.parse(
		await readFile(path.join(folder, file), 'utf8'),
	) as WorkflowDefinition;
	const references = new Map(credentials.map(({ type, id, name }) => [type, { id, name }]));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => ({
			...node,
			...(node.credentials && {
				credentials: Object.fromEntries(
					Object.entries(node.credentials).map(([type, own]) => [
						type,
						references.get(type) ?? own,
					]),
				),
			}),
		})),
	};
}

export async function exampleFiles(): Promise<string[]> {
	return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
}

/** Brings in what is new or changed, except over what somebody has edited in n8n since. */
export async function importExamples(
	client: N8nClient,
	userFolder: string,
	credential: Credential,
): Promise<Array<{ id: string; name: string; file: string }>> {
	const registry = path.join(userFolder, 'examples.json');
	const imported = JSON.parse(await readFile(registry, 'utf8').catch(() => '{}')) as Record<
		string,
		Imported
	>;
	const present = [];
	for (const file of await exampleFiles()) {
		const workflow = await readExample(file, credential);
		const content = createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
		const known = imported[file];
		const existing = known && (await client.workflow(known.id).catch(() => undefined));
		const keep = existing && (known.content === content || existing.versionId !== known.versionId);
		const saved = keep ? existing : await replace(client, existing, workflow);
		if (!keep) imported[file] = { id: saved.id, versionId: saved.versionId, content };
		present.push({ id: saved.id, name: saved.name, file });
	}
	await writeFile(registry, JSON.stringify(imported));
	return present;
}

async function replace(
	client: N8nClient,
	existing: SavedWorkflow | undefined,
	workflow: WorkflowDefinition,
): Promise<SavedWorkflow> {
	if (existing) await client.deleteWorkflow(existing.id);
	return await client.createWorkflow(workflow);
}
