import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asError } from '../api/errors';
import { clock } from './clock';
import { storeOf } from './files';
import { credentialType } from './n8nTransport';
import { toNodeError } from './toNodeError';
import type { Output } from './operation';
import type { Parameter } from './parameter';
import type { TriggerHost } from './triggerHost';
import { triggerHost } from './triggerHost';

type Start = 'activation' | 'restart';

/**
 * The part of n8n that a polling trigger uses. A manual poll shows samples and saves nothing.
 * With durable cursors, n8n drops what a poll remembers if the poll throws.
 */
export type PollHost<P extends readonly Parameter[]> = TriggerHost<P> & {
	/** A parameter as it is written in the workflow, expressions unresolved. */
	rawParameter: (name: string) => unknown;
	/** Why polling started, at the first poll after an activation or a restart of n8n only. */
	startedBy: Start | undefined;
	/** When the poll must end, by n8n's clock in milliseconds. */
	deadline: number;
};

const defaultBudget = 300_000;

/** Every activation creates a new memory object, but n8n reports the same mode at all of its polls. */
const polled = new WeakSet<object>();

const starts: Readonly<Record<string, Start>> = {
	activate: 'activation',
	init: 'restart',
	leadershipChange: 'restart',
};

function startOf(node: IPollFunctions, memory: object): Start | undefined {
	const isFirst = !polled.has(memory);
	polled.add(memory);
	return isFirst ? starts[node.getActivationMode()] : undefined;
}

/** n8n starts a poll even while the previous one is running; both would report the same events. */
const running = new WeakSet<object>();

/** Runs one poll. Its errors reach n8n as errors of the node. */
export async function runPoll<const P extends readonly Parameter[]>(
	node: IPollFunctions,
	parameters: P,
	poll: (host: PollHost<P>) => Promise<Output[]>,
): Promise<INodeExecutionData[][] | null> {
	const memory = node.getWorkflowStaticData('node');
	if (running.has(memory)) return null;
	running.add(memory);
	// n8n before 2.41 does not provide a poll budget.
	const budget = 'getPollBudgetMs' in node ? node.getPollBudgetMs() : defaultBudget;
	try {
		const credentials = await node.getCredentials(credentialType);
		const outputs = await poll({
			...triggerHost(node, parameters, credentials, storeOf(node.helpers)),
			rawParameter: (name) => node.getNodeParameter(name, {}, { rawExpressions: true }),
			startedBy: startOf(node, memory),
			deadline: clock.now() + budget,
		});
		return outputs.length > 0 ? [outputs as INodeExecutionData[]] : null;
	} catch (thrown) {
		const nodeError = toNodeError(node.getNode(), asError(thrown), 0, parameters);
		if (budget === defaultBudget) throw nodeError;
		// A smaller budget means n8n's own scheduler, which drops what a poll remembers if it throws.
		node.__emitError(nodeError);
		return null;
	} finally {
		running.delete(memory);
	}
}
