import { attempt } from './attempt';
import type { ItemCall, Json, Outcome } from './operation';

/** The call of one item, or the error that keeps it from running. */
export type PlannedCall = ItemCall<Json> | Error;

export const isCall = (planned: PlannedCall): planned is ItemCall<Json> =>
	!(planned instanceof Error);

/**
 * Runs the calls that can run; the errors keep their places. Without Continue On Fail nothing runs
 * unless all of them can. An error that `run` throws is the outcome of every call. The outcome is
 * `undefined` for a call that was not started.
 */
export async function settleCalls(
	planned: readonly PlannedCall[],
	continueOnFail: boolean,
	run: (calls: ReadonlyArray<ItemCall<Json>>) => Promise<Array<Outcome | undefined>>,
): Promise<Array<Outcome | undefined>> {
	const calls = planned.filter(isCall);
	const mayRun = calls.length > 0 && (continueOnFail || calls.length === planned.length);
	const results = mayRun ? await attempt(() => run(calls)) : [];
	const outcomes = new Map(
		calls.map((call, at) => [call, results instanceof Error ? results : results[at]]),
	);
	return planned.map((call) => (isCall(call) ? outcomes.get(call) : call));
}
