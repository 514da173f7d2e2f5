import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { contextFor } from './contextFor';
import { executeCalls } from './executeCalls';
import { explainOutcomes } from './explainOutcomes';
import { filesOf } from './files';
import { hintsOf } from './hints';
import { isReadOnly } from './isReadOnly';
import { credentialType } from './n8nTransport';
import type { Context, Operation, Resource } from './operation';
import { accessOf } from './operation';
import { readCalls, withoutWrites } from './readCalls';
import { readParameters } from './readParameters';
import { requestOptions } from './requestOptions';
import { isCall, settleCalls } from './settleCalls';
import { toItems } from './toItems';

function chosenOperation(node: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = resources.find(({ value }) => value === node.getNodeParameter('resource', 0));
	const wanted = node.getNodeParameter('operation', 0);
	const operation = resource?.operations.find(({ value }) => value === wanted);
	if (operation) return operation;
	throw new NodeOperationError(node.getNode(), `There is no operation “${String(wanted)}” here`, {
		description: 'The workflow was edited by hand or created with a newer version of this node.',
	});
}

async function contextOf(
	node: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
	{ needs }: Operation,
): Promise<Context> {
	const signal = node.getExecutionCancelSignal();
	const { requestOptions: options } = readParameters([requestOptions], (name, fallback) =>
		node.getNodeParameter(name, 0, fallback as object),
	);
	const context = contextFor(node, credentials, { files: filesOf(node), signal, options });
	if (needs) await context.api.require(needs);
	return context;
}

/** Runs the chosen operation on all input items. */
export async function runOperation(
	node: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(node, resources);
	const continueOnFail = node.continueOnFail();
	const { handOver, ...hints } = hintsOf(node);
	const planned = await readCalls(node, operation);
	const outcomes = await settleCalls(planned, continueOnFail, async (readable) => {
		const credentials = await node.getCredentials(credentialType, 0);
		const permitted = isReadOnly(credentials) ? await withoutWrites(operation, readable) : readable;
		return await settleCalls(permitted, continueOnFail, async (calls) => {
			const context = { ...(await contextOf(node, credentials, operation)), ...hints };
			return await executeCalls(operation, context, calls, continueOnFail);
		});
	});
	handOver();
	const wrote = planned.some(
		(call, at) =>
			isCall(call) && Array.isArray(outcomes[at]) && accessOf(operation, call.values) === 'write',
	);
	return [toItems(node, operation, await explainOutcomes(outcomes), wrote)];
}
