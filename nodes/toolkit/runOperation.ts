import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import pLimit from 'p-limit';
import type { Wait } from '../api/connection';
import { asError, PaperlessError } from '../api/errors';
import { clock } from './clock';
import { contextFor } from './contextFor';
import { filesOf } from './files';
import { credentialType } from './n8nTransport';
import { toNodeError } from './toNodeError';
import type { ItemCall, Context, Json, Operation, Outcome, Output, Resource } from './operation';
import { readParameters } from './parameter';
import { isTool, withoutEmpty } from './tool';

type Values = Record<string, unknown>;

/** Enough to hide the network's delay, few enough for a server on a Raspberry Pi. */
const itemsAtOnce = 4;

function chosenOperation(node: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = resources.find(({ value }) => value === node.getNodeParameter('resource', 0));
	const wanted = node.getNodeParameter('operation', 0);
	const operation = resource?.operations.find(({ value }) => value === wanted);
	if (operation) return operation;
	throw new NodeOperationError(node.getNode(), `There is no operation “${String(wanted)}” here`, {
		description: 'The workflow was edited by hand or made with a newer version of this node.',
	});
}

/** Waits, but ends early by throwing when the execution is canceled. */
const cancellable =
	(signal: AbortSignal | undefined): Wait =>
	async (milliseconds) => {
		let end = () => {};
		const aborted = new Promise<void>((resolve) => {
			end = resolve;
			signal?.addEventListener('abort', end, { once: true });
		});
		await Promise.race([clock.pause(milliseconds), aborted]);
		signal?.removeEventListener('abort', end);
		if (signal?.aborted) throw new PaperlessError('canceled', 'The execution was canceled');
	};

async function contextOf(node: IExecuteFunctions, operation: Operation): Promise<Context> {
	const credentials = await node.getCredentials(credentialType, 0);
	if (operation.access === 'write' && credentials.readOnly === true) {
		throw new PaperlessError('readOnly', 'The credential is set to Read Only', {
			description: `“${operation.name}” changes the archive. Use another credential, or switch off “Read Only” in this one.`,
		});
	}
	const signal = node.getExecutionCancelSignal();
	const context = contextFor(node, credentials, {
		files: filesOf(node),
		cancelled: () => signal?.aborted === true,
		wait: cancellable(signal),
	});
	if (operation.needs) (await context.api.server()).require(operation.needs);
	return context;
}

async function settledContext(
	node: IExecuteFunctions,
	operation: Operation,
): Promise<Context | Error> {
	try {
		return await contextOf(node, operation);
	} catch (thrown) {
		return asError(thrown);
	}
}

async function settled(work: () => Promise<Output[]> | Output[]): Promise<Output[] | Error> {
	try {
		return await work();
	} catch (thrown) {
		return asError(thrown);
	}
}

/** One outcome an item, in order. Without Continue On Fail no further item is begun after a refusal. */
async function executeEach(
	operation: Extract<Operation, { execute: unknown }>,
	context: Context,
	calls: ReadonlyArray<ItemCall<Values>>,
	goOn: boolean,
): Promise<Array<Outcome | undefined>> {
	const atOnce = pLimit(itemsAtOnce);
	let stopped = false;
	return await Promise.all(
		calls.map(
			async ({ itemIndex, values }) =>
				await atOnce(async () => {
					if (stopped) return undefined;
					const outcome = await settled(
						async () => await operation.execute(context, values, itemIndex),
					);
					if (outcome instanceof Error && !goOn) stopped = true;
					return outcome;
				}),
		),
	);
}

async function executeTogether(
	operation: Extract<Operation, { executeAll: unknown }>,
	context: Context,
	calls: ReadonlyArray<ItemCall<Values>>,
): Promise<Outcome[]> {
	try {
		return calls.length > 0 ? await operation.executeAll(context, calls) : [];
	} catch (thrown) {
		return calls.map(() => asError(thrown));
	}
}

/** What was already done is said where an execution ends early. */
function withProgress(error: Error, done: number, all: number): Error {
	if (done === 0 || !(error instanceof PaperlessError)) return error;
	return error.adding(
		`${done} of ${all} items were done; switch on “Continue On Fail” to see each one's result.`,
	);
}

/** Runs the chosen operation on all input items. */
export async function runOperation(
	node: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(node, resources);
	const { parameters } = operation;
	const items = node.getInputData();
	const goOn = node.continueOnFail();
	const outcomes: Array<Outcome | undefined> = [];
	const calls: Array<ItemCall<Values>> = [];
	for (const itemIndex of items.keys()) {
		try {
			const read = (name: string, fallback: unknown) =>
				node.getNodeParameter(name, itemIndex, fallback as object);
			calls.push({ itemIndex, values: readParameters(parameters, read) });
		} catch (thrown) {
			outcomes[itemIndex] = asError(thrown);
		}
	}
	const unreadable = outcomes.some((outcome) => outcome instanceof Error);
	if (goOn || !unreadable) {
		const context = await settledContext(node, operation);
		const results =
			context instanceof Error
				? calls.map(() => context)
				: 'execute' in operation
					? await executeEach(operation, context, calls, goOn)
					: await executeTogether(operation, context, calls);
		calls.forEach(({ itemIndex }, at) => (outcomes[itemIndex] = results[at]));
	}

	const shown = isTool(node.getNode()) ? withoutEmpty : (json: Json) => json;
	const done = outcomes.filter((outcome) => Array.isArray(outcome)).length;
	const output = outcomes.flatMap((outcome, itemIndex): INodeExecutionData[] => {
		const pairedItem = { item: itemIndex };
		if (outcome === undefined) return [];
		if (!(outcome instanceof Error)) {
			return outcome.map(
				({ json, binary }) =>
					({ json: shown(json), pairedItem, ...(binary && { binary }) }) as INodeExecutionData,
			);
		}
		if (goOn) {
			const { message, description } = toNodeError(node.getNode(), outcome, itemIndex, parameters);
			// By these names n8n knows a refused item; one that carried the object itself would lose them.
			const details = description ? { details: description } : {};
			return [{ json: { error: message, message, ...details }, pairedItem }];
		}
		const explained =
			operation.access === 'write' ? withProgress(outcome, done, items.length) : outcome;
		throw toNodeError(node.getNode(), explained, itemIndex, parameters);
	});
	return [output];
}
