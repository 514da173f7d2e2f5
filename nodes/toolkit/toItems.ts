import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isPaperlessError } from '../api/errors';
import { withNextStep } from './unlessConfirmed';
import { isTool } from './isTool';
import type { Operation, Outcome, Output } from './operation';
import { toNodeError } from './toNodeError';
import { wholeMessage } from './wholeMessage';
import { withFileNote } from './withFileNote';
import { withoutEmpty } from './withoutEmpty';

/** Adds how many items succeeded before the execution stopped. */
function withProgress(error: Error, done: number, all: number): Error {
	if (done === 0 || !isPaperlessError(error)) return error;
	return error.adding(
		`${done} of ${all} items were done; set “On Error” of the node to “Continue” to see the result of every item.`,
	);
}

/**
 * Turns the outcomes of all input items into n8n's items, linked to the input. With Continue On Fail
 * an error becomes an item, otherwise the first error is thrown. `wrote` says whether the outcomes
 * include changes to the archive.
 */
export function toItems(
	node: IExecuteFunctions,
	operation: Operation,
	outcomes: ReadonlyArray<Outcome | undefined>,
	wrote: boolean,
): INodeExecutionData[] {
	const { parameters } = operation;
	const shorten = isTool(node.getNode())
		? ({ json, binary }: Output) =>
				withoutEmpty(withFileNote(withNextStep(operation, json), binary))
		: ({ json }: Output) => json;
	const done = outcomes.filter((outcome) => Array.isArray(outcome)).length;
	const failed = (error: Error, item: number): INodeExecutionData => {
		const { message, description } = toNodeError(node.getNode(), error, item, parameters);
		// With another key, n8n would not recognize it (docs/n8n.md#names-of-failed-items).
		const json = { error: message, message: wholeMessage(message, description) };
		return { json, pairedItem: { item } };
	};
	const hasErrorOutput = node.getNode().onError === 'continueErrorOutput';
	const itemsFor = (outputs: readonly Output[], item: number) =>
		outputs.map((output) =>
			output.refusal && hasErrorOutput
				? failed(output.refusal, item)
				: {
						json: shorten(output),
						pairedItem: { item },
						...(output.binary && { binary: output.binary }),
					},
		) as INodeExecutionData[];
	return outcomes.flatMap((outcome, item) => {
		if (outcome === undefined) return [];
		if (!(outcome instanceof Error)) return itemsFor(outcome, item);
		if (node.continueOnFail()) return [failed(outcome, item)];
		const error = wrote ? withProgress(outcome, done, outcomes.length) : outcome;
		throw toNodeError(node.getNode(), error, item, parameters);
	});
}
