import type {
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { asError, PaperlessError } from '../api/errors';
import { contextFor, outputFiles } from './contextFor';
import type { Files } from './files';
import { storeOf } from './files';
import { credentialType } from './n8nTransport';
import { toNodeError } from './toNodeError';
import type { Context, Output } from './operation';
import type { Parameter, ValuesOf } from './parameter';
import { readParameters } from './readParameters';

/** What n8n gives to a webhook trigger, as far as triggers here use it. */
export type WebhookHost<P extends readonly Parameter[]> = {
	context: Context;
	values: ValuesOf<P>;
	/** Where n8n wants to be called. */
	callback: string;
	/** Of the n8n workflow and the node in it. */
	label: string;
	key: string;
	/** Listening for a single call in the editor. */
	isManual: boolean;
	readOnly: boolean;
	/** What was remembered under this name. */
	recall: (name: string) => unknown;
	remember: (name: string, value: object | undefined) => void;
	warn: (message: string) => void;
};

/** A call as it came in. Headers have names in lower case; the body is parsed by n8n. */
export type Call<P extends readonly Parameter[]> = WebhookHost<P> & {
	headers: Readonly<Record<string, unknown>>;
	body: unknown;
	/** Ends the call; what is done afterwards may take its time. */
	answer: (status: number, message: string) => void;
};

type Node = IHookFunctions | IWebhookFunctions;
type Response = { status: (code: number) => { json: (body: object) => void } };

const noStore = async () => {
	throw new PaperlessError('invalid', 'An activation has no output to put files into');
};

async function hostOf<const P extends readonly Parameter[]>(
	node: Node,
	parameters: P,
	store: Files['store'],
): Promise<WebhookHost<P>> {
	const credentials = await node.getCredentials(credentialType);
	const memory = node.getWorkflowStaticData('node');
	const { id, name } = node.getWorkflow();
	const isManual = node.getMode() === 'manual';
	return {
		context: contextFor(node, credentials, { files: outputFiles(store) }),
		values: readParameters(parameters, (parameter, fallback) =>
			node.getNodeParameter(parameter, fallback as object),
		),
		callback: node.getNodeWebhookUrl('default') ?? '',
		label: name ?? '',
		key: `${id}/${node.getNode().id}${isManual ? ' test' : ''}`,
		isManual,
		readOnly: credentials.readOnly === true,
		recall: (key) => memory[key],
		remember: (key, value) => {
			memory[key] = value;
		},
		warn: (message) => node.logger.warn(message),
	};
}

/** Registers, looks after or removes the webhook; what stands in the way stops the activation. */
export async function runHook<const P extends readonly Parameter[]>(
	node: IHookFunctions,
	parameters: P,
	work: (host: WebhookHost<P>) => Promise<boolean>,
): Promise<boolean> {
	try {
		return await work(await hostOf(node, parameters, noStore));
	} catch (thrown) {
		const error = asError(thrown);
		const nodeError = toNodeError(node.getNode(), error, 0, parameters);
		throw nodeError;
	}
}

/** Runs one call. It is answered by `answer`; without outputs no execution begins. */
export async function runCall<const P extends readonly Parameter[]>(
	node: IWebhookFunctions,
	parameters: P,
	work: (call: Call<P>) => Promise<Output[]>,
): Promise<IWebhookResponseData> {
	const response = node.getResponseObject() as Response;
	try {
		const outputs = await work({
			...(await hostOf(node, parameters, storeOf(node.helpers))),
			headers: { ...node.getHeaderData() },
			body: node.getBodyData() as unknown,
			answer: (status, message) => response.status(status).json({ message }),
		});
		return {
			noWebhookResponse: true,
			...(outputs.length > 0 && { workflowData: [outputs as INodeExecutionData[]] }),
		};
	} catch (thrown) {
		const error = asError(thrown);
		const nodeError = toNodeError(node.getNode(), error, 0, parameters);
		throw nodeError;
	}
}
