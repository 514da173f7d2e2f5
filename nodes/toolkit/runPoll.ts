import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asError } from '../api/errors';
import { clock } from './clock';
import { contextFor, outputFiles } from './contextFor';
import { storeOf } from './files';
import { credentialType } from './n8nTransport';
import { toNodeError } from './toNodeError';
import type { Context, Output } from './operation';
import type { Parameter, ValuesOf } from './parameter';
import { readParameters } from './readParameters';

type Beginning = 'activation' | 'restart';

/** What n8n gives to a polling trigger, as far as triggers here use it. */
export type Poll<P extends readonly Parameter[]> = {
	context: Context;
	values: ValuesOf<P>;
	/** A parameter as it stands in the workflow, with its expressions. */
	written: (name: string) => unknown;
	/** A test in the editor: shows samples and remembers nothing. */
	isManual: boolean;
	/** Set at the first poll after somebody activated the workflow, or after n8n was started again. */
	beginning: Beginning | undefined;
	/** What was remembered under this name, as n8n keeps it. */
	recall: (name: string) => unknown;
	/** Takes effect when the poll returns; n8n's durable cursors drop it when the poll throws. */
	remember: (name: string, value: object | undefined) => void;
	/** When, by n8n's clock, the poll must be done. */
	deadline: number;
	warn: (message: string) => void;
};

const defaultBudget = 300_000;

/** An activation makes an object of its own for what is remembered; n8n gives all its polls the same mode. */
const polled = new WeakSet<object>();

const beginnings: Readonly<Record<string, Beginning>> = {
	activate: 'activation',
	init: 'restart',
	leadershipChange: 'restart',
};

function beginningOf(node: IPollFunctions, memory: object): Beginning | undefined {
	const isFirst = !polled.has(memory);
	polled.add(memory);
	return isFirst ? beginnings[node.getActivationMode()] : undefined;
}

/** n8n begins a poll although the one before still runs; both would report the same. */
const underWay = new WeakSet<object>();

/** Runs one poll; what stands in the way reaches n8n as an error of the node. */
export async function runPoll<const P extends readonly Parameter[]>(
	node: IPollFunctions,
	parameters: P,
	poll: (host: Poll<P>) => Promise<Output[]>,
): Promise<INodeExecutionData[][] | null> {
	const memory = node.getWorkflowStaticData('node');
	if (underWay.has(memory)) return null;
	underWay.add(memory);
	// Hosts before n8n 2.41 give no budget.
	const budget = 'getPollBudgetMs' in node ? node.getPollBudgetMs() : defaultBudget;
	try {
		const credentials = await node.getCredentials(credentialType);
		const outputs = await poll({
			context: contextFor(node, credentials, { files: outputFiles(storeOf(node.helpers)) }),
			values: readParameters(parameters, (name, fallback) =>
				node.getNodeParameter(name, fallback as object),
			),
			written: (name) => node.getNodeParameter(name, {}, { rawExpressions: true }),
			isManual: node.getMode() === 'manual',
			beginning: beginningOf(node, memory),
			recall: (name) => memory[name],
			remember: (name, value) => {
				memory[name] = value;
			},
			deadline: clock.now() + budget,
			warn: (message) => node.logger.warn(message),
		});
		return outputs.length > 0 ? [outputs as INodeExecutionData[]] : null;
	} catch (thrown) {
		const error = asError(thrown);
		const nodeError = toNodeError(node.getNode(), error, 0, parameters);
		if (budget === defaultBudget) throw nodeError;
		// n8n's own scheduler, which gives less time, drops what a poll remembers that throws.
		node.__emitError(nodeError);
		return null;
	} finally {
		underWay.delete(memory);
	}
}
