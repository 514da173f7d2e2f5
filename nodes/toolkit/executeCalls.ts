import { attempt } from './attempt';
import { inOrder } from './inOrder';
import type { Context, ItemCall, Json, Operation, Outcome } from './operation';

type Calls = ReadonlyArray<ItemCall<Json>>;

/** Enough to hide the network's delay, few enough for a server on a Raspberry Pi. */
const usualItemsAtOnce = 4;

const atOnceIn = ({ itemsAtOnce }: Context): number => itemsAtOnce ?? usualItemsAtOnce;

/** The targets of several calls. A single call has nothing to wait for. */
async function targetsOf(
	{ target }: Extract<Operation, { execute: unknown }>,
	context: Context,
	calls: Calls,
): Promise<Map<ItemCall<Json>, unknown>> {
	const targets = new Map<ItemCall<Json>, unknown>();
	if (target === undefined || calls.length < 2) return targets;
	const find = async (call: ItemCall<Json>) => {
		const found = await attempt(() => target(call.values, context));
		// The operation meets the same error and reports it.
		if (!(found instanceof Error)) targets.set(call, found);
	};
	await inOrder(calls, () => undefined, find, atOnceIn(context));
	return targets;
}

async function executeEach(
	operation: Extract<Operation, { execute: unknown }>,
	context: Context,
	calls: Calls,
	continueOnFail: boolean,
): Promise<Array<Outcome | undefined>> {
	const targets = await targetsOf(operation, context, calls);
	let stopped = false;
	const run = async ({ itemIndex, values }: ItemCall<Json>) => {
		if (stopped) return undefined;
		const outcome = await attempt(() => operation.execute(context, values, itemIndex));
		if (outcome instanceof Error && !continueOnFail) stopped = true;
		return outcome;
	};
	return await inOrder(calls, (call) => targets.get(call), run, atOnceIn(context));
}

/**
 * Runs an operation on calls. Returns one outcome per call, in order. Without Continue On Fail no
 * further item starts after an error; the outcome of such an item is `undefined`.
 */
export const executeCalls = async (
	operation: Operation,
	context: Context,
	calls: Calls,
	continueOnFail: boolean,
): Promise<Array<Outcome | undefined>> =>
	'execute' in operation
		? await executeEach(operation, context, calls, continueOnFail)
		: await operation.executeAll(context, calls);
