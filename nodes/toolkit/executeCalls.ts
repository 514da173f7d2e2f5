import pLimit from 'p-limit';
import { attempt } from './attempt';
import type { Context, ItemCall, Json, Operation, Outcome } from './operation';

type Calls = ReadonlyArray<ItemCall<Json>>;

/** Enough to hide the network's delay, few enough for a server on a Raspberry Pi. */
const itemsAtOnce = 4;

async function executeEach(
	operation: Extract<Operation, { execute: unknown }>,
	context: Context,
	calls: Calls,
	continueOnFail: boolean,
): Promise<Array<Outcome | undefined>> {
	const atOnce = pLimit(operation.inOrder ? 1 : itemsAtOnce);
	let stopped = false;
	const run = async ({ itemIndex, values }: ItemCall<Json>) => {
		if (stopped) return undefined;
		const outcome = await attempt(() => operation.execute(context, values, itemIndex));
		if (outcome instanceof Error && !continueOnFail) stopped = true;
		return outcome;
	};
	return await Promise.all(calls.map((call) => atOnce(() => run(call))));
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
