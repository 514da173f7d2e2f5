import type { WorkflowNode } from '../../../scripts/n8n/rest.mts';
import type { Row } from '../support/archive.mts';
import { node, type World } from '../support/world.mts';

export type Parameters = Record<string, unknown>;
type Items = Array<Record<string, unknown>>;

export interface Case {
	resource: string;
	does: string;
	/** The first version whose server can. */
	since?: string;
	/** What is there beforehand; the workflow begins with these items. */
	given?(world: World): Promise<object[]>;
	/** Nodes by their names, one after the other. */
	steps(world: World): Record<string, Parameters | WorkflowNode>;
	proof(world: World, output: (step: string) => Items): Promise<void>;
}

export const item = '={{ $json.id }}';

export const letters = (world: World, ...names: string[]) =>
	world.sendTexts(
		...names.map((name) => ({ title: `${world.prefix} ${name}`, text: `About ${name}` })),
	);

export const letter = async (world: World) =>
	(await letters(world, 'letter')).map((id) => ({ id }));

export const textFile = node('', 'n8n-nodes-base.convertToFile', 1.1, {
	operation: 'toText',
	sourceProperty: 'text',
	options: { fileName: 'letter.txt' },
});

export const isNode = (step: Parameters | WorkflowNode): step is WorkflowNode =>
	'typeVersion' in step;

export const list = async (world: World, path: string) =>
	(await world.api<{ results: Row[] }>('GET', path)).results;
