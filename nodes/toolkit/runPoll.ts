import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asError, PaperlessError } from '../api/errors';
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
	/** When the poll should stop to read more, by n8n's clock in milliseconds. */
	deadline: number;
	/** Whether the time of the poll is up, which ends all of its requests. */
	isTimeUp: () => boolean;
};

const defaultBudget = 300_000;

/** Milliseconds. n8n gives up an activation after 84 s (docs/n8n.md#time-of-an-activation). */
const firstBudget = 30_000;

/** Milliseconds. Even a poll without any time gets as far as its first replies. */
const leastBudget = 10_000;

/** The part of the time after which a poll reads no more, so that it can report what it has read. */
const readingShare = 0.75;

/** Every activation creates a new memory object, but n8n reports the same mode at all of its polls. */
const polled = new WeakSet<object>();

/** With durable cursors every poll has a new memory object. */
const polledNodes = new Set<string>();

const starts: Readonly<Record<string, Start>> = {
	activate: 'activation',
	init: 'restart',
	leadershipChange: 'restart',
};

function startOf(node: IPollFunctions, key: string, isScheduled: boolean): Start | undefined {
	const memory = node.getWorkflowStaticData('node');
	const isFirst = isScheduled ? !polledNodes.has(key) : !polled.has(memory);
	polled.add(memory);
	polledNodes.add(key);
	return isFirst ? starts[node.getActivationMode()] : undefined;
}

/** Milliseconds by n8n's clock. */
type Running = { since: number; until: number };

/**
 * By node. n8n starts a poll even while the previous one is running
 * (docs/n8n.md#overlapping-polls); both would report the same events.
 */
const running = new Map<string, Running>();

const stuck = ({ since }: Running) =>
	new PaperlessError('interrupted', 'The previous poll did not end in time', {
		description: `It began ${Math.round((clock.now() - since) / 60_000)} minutes ago and was given up. The next poll begins where it began, so no event is lost.`,
	});

/** Whether a poll of this node is under way. Throws once if it should have ended long ago. */
function isRunning(key: string): boolean {
	const poll = running.get(key);
	if (poll === undefined) return false;
	if (clock.now() <= poll.until) return true;
	running.delete(key);
	throw stuck(poll);
}

const outputsOf = (outputs: Output[]) =>
	outputs.length > 0 ? [outputs as INodeExecutionData[]] : null;

/** Runs one poll. Its errors reach n8n as errors of the node. */
export async function runPoll<const P extends readonly Parameter[]>(
	node: IPollFunctions,
	parameters: P,
	poll: (host: PollHost<P>) => Promise<Output[]>,
): Promise<INodeExecutionData[][] | null> {
	const key = `${node.getWorkflow().id}/${node.getNode().id}`;
	const isManual = node.getMode() === 'manual';
	// Older versions of n8n do not provide a poll budget (docs/n8n.md#poll-budget).
	const budget = 'getPollBudgetMs' in node ? node.getPollBudgetMs() : defaultBudget;
	const isScheduled = budget !== defaultBudget;
	const startedBy = isManual ? undefined : startOf(node, key, isScheduled);
	const since = clock.now();
	const time = startedBy ? Math.min(budget, firstBudget) : budget;
	const limit = Math.max(time, leastBudget);
	const own: Running = { since, until: since + limit + leastBudget };
	try {
		// The first poll of an activation must say whether the trigger works.
		if (!isManual && startedBy !== 'activation' && isRunning(key)) return null;
		if (!isManual) running.set(key, own);
		const signal = clock.deadline(limit);
		const credentials = await node.getCredentials(credentialType);
		const outputs = await poll({
			...triggerHost(node, parameters, credentials, { store: storeOf(node.helpers), signal }),
			rawParameter: (name) => node.getNodeParameter(name, {}, { rawExpressions: true }),
			startedBy,
			deadline: since + time * readingShare,
			isTimeUp: () => signal.aborted,
		});
		return outputsOf(outputs);
	} catch (thrown) {
		const nodeError = toNodeError(node.getNode(), asError(thrown), 0, parameters);
		if (!isScheduled) throw nodeError;
		// A smaller budget means n8n's own scheduler, which drops what a poll remembers if it throws.
		node.__emitError(nodeError);
		return null;
	} finally {
		if (running.get(key) === own) running.delete(key);
	}
}
