import type { Credential, Execution, WorkflowNode } from '../../../scripts/n8n/rest.mts';
import { toolType } from '../../support/nodeTypes.mts';
import { type Script, ScriptedModel } from './scriptedModel.mts';
import { byId, node, type World } from './world.mts';

export const fromAi = (key: string, description: string, type = 'string') =>
	`={{ $fromAI('${key}', \`${description}\`, '${type}') }}`;

export const idFromAi = byId(fromAi('id', 'ID of the document', 'number'));

/** What the tools are set to, by their names. */
export type Tools = Record<string, Record<string, unknown>>;

interface Conversation {
	archive: Credential;
	tools: Tools;
	question: string;
}

/** Runs an agent with these tools, whose model does what is written. */
export async function converseIn(
	world: World,
	{ archive, tools, question }: Conversation,
	...script: Script[]
): Promise<{ execution: Execution; model: ScriptedModel }> {
	const model = await ScriptedModel.start(...script);
	const account = await world.newCredential(model.account, 'openAiApi');
	const paperless = { paperlessNgxTokenApi: { id: archive.id, name: archive.name } };
	const attached: WorkflowNode[] = [
		{
			...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				model: byId('scripted'),
				options: {},
			}),
			credentials: { openAiApi: { id: account.id, name: account.name } },
		},
		...Object.entries(tools).map(([name, parameters]) => ({
			...node(name, toolType, 1, { resource: 'document', ...parameters }),
			credentials: paperless,
		})),
	];
	const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', 3.1, {
		promptType: 'define',
		text: question,
		options: {},
	});
	const row = world.chain('agent', [{}], agent);
	const execution = await world.run({
		...row,
		nodes: [...row.nodes, ...attached],
		connections: {
			...row.connections,
			...Object.fromEntries(
				attached.map(({ name }) => {
					const type = name === 'Model' ? 'ai_languageModel' : 'ai_tool';
					return [name, { [type]: [[{ node: 'Agent', type, index: 0 }]] }];
				}),
			),
		},
	});
	return { execution, model };
}
