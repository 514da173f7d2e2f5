import type { IExecuteFunctions } from 'n8n-workflow';
import { attempt } from './attempt';
import { unlessConfirmed } from './unlessConfirmed';
import type { Json, Operation } from './operation';
import { accessOf } from './operation';
import { readParameters } from './readParameters';
import { refusedWrite } from './refusedWrite';
import type { PlannedCall } from './settleCalls';
import { valueOrNothing } from './valueOrNothing';

/** Reads the parameters of every input item, in order. */
export const readCalls = async (
	node: IExecuteFunctions,
	operation: Operation,
): Promise<PlannedCall[]> =>
	await Promise.all(
		node.getInputData().map(({ json }, itemIndex) =>
			attempt(() => {
				const read = (name: string, fallback: unknown) =>
					valueOrNothing(node, name, node.getNodeParameter(name, itemIndex, fallback as object));
				const values = readParameters(operation.parameters, read, json) as Json;
				return { itemIndex, values: unlessConfirmed(node, operation, itemIndex, values) };
			}),
		),
	);

/** Rejects the calls that write; calls that read stay. */
export const withoutWrites = async (
	operation: Operation,
	calls: readonly PlannedCall[],
): Promise<PlannedCall[]> =>
	await Promise.all(
		calls.map((call) =>
			attempt(() => {
				if (call instanceof Error || accessOf(operation, call.values) === 'read') return call;
				throw refusedWrite(`“${operation.name}” changes the archive.`);
			}),
		),
	);
