import { createHmac } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { asError, PaperlessError } from '../api/errors';
import { clock } from './clock';
import { bareToken } from './connectionSettings';
import type { Files } from './files';
import { storeOf } from './files';
import { isReadOnly } from './isReadOnly';
import { credentialType } from './n8nTransport';
import { toNodeError } from './toNodeError';
import type { Output } from './operation';
import type { Parameter } from './parameter';
import type { TriggerHost } from './triggerHost';
import { triggerHost } from './triggerHost';

/** The part of n8n that a webhook trigger uses. In a manual run n8n listens for a single call. */
export type WebhookHost<P extends readonly Parameter[]> = TriggerHost<P> & {
	/** The URL at which n8n expects calls. */
	callback: string;
	/** The name of the n8n workflow. */
	label: string;
	/** Identifies the n8n workflow and the node in it; a manual run has a separate key. */
	key: string;
	/** Whether the credential is set to Read Only. */
	readOnly: boolean;
	/** A text of 64 hexadecimal digits that nobody without the token can derive from this text. */
	sign: (text: string) => string;
};

/** What is known of a call before anything else is: header names are in lower case. */
export type Caller = {
	headers: Readonly<Record<string, unknown>>;
	recall: (name: string) => unknown;
	/** By n8n's clock, in milliseconds. */
	now: () => number;
};

/** Who calls: the server, somebody else, or nobody knows without the credential. */
export type Origin = 'server' | 'stranger' | 'unclear';

/** A call to the webhook. n8n has parsed the body. */
export type WebhookCall<P extends readonly Parameter[]> = WebhookHost<P> & {
	headers: Caller['headers'];
	body: unknown;
	origin: Origin;
	/** Answers the call; work after the answer may take its time. */
	answer: (status: number, message: string) => void;
};

type Response = { status: (code: number) => { json: (body: object) => void } };

/**
 * Milliseconds. n8n gives up an activation, which is a check and perhaps a creation, after 84 s
 * (docs/n8n.md#time-of-an-activation). A creation may wait for a test delivery.
 */
export const hookLimits = { check: 25_000, create: 55_000, remove: 25_000 };

/** Milliseconds. A burst of calls may wait for the files of all of them. */
const callLimit = 600_000;

const signer =
	({ apiToken }: ICredentialDataDecryptedObject) =>
	(text: string): string =>
		createHmac('sha256', bareToken(apiToken)).update(text).digest('hex');

const noStore = async () => {
	throw new PaperlessError('invalid', 'The start of a workflow has no output to put files into');
};

async function webhookHost<const P extends readonly Parameter[]>(
	node: IHookFunctions | IWebhookFunctions,
	parameters: P,
	limits: { store: Files['store']; signal: AbortSignal },
): Promise<WebhookHost<P>> {
	const credentials = await node.getCredentials(credentialType);
	const host = triggerHost(node, parameters, credentials, limits);
	const { id, name } = node.getWorkflow();
	return {
		...host,
		callback: node.getNodeWebhookUrl('default') ?? '',
		label: name ?? '',
		key: `${id}/${node.getNode().id}${host.isManual ? ' test' : ''}`,
		readOnly: isReadOnly(credentials),
		sign: signer(credentials),
	};
}

/**
 * Registers, checks or removes the webhook, in the given milliseconds. Whatever `work` throws stops
 * the activation.
 */
export async function runHook<const P extends readonly Parameter[]>(
	node: IHookFunctions,
	parameters: P,
	work: (host: WebhookHost<P>) => Promise<boolean>,
	limit: number,
): Promise<boolean> {
	try {
		const signal = clock.deadline(limit);
		return await work(await webhookHost(node, parameters, { store: noStore, signal }));
	} catch (thrown) {
		throw toNodeError(node.getNode(), asError(thrown), 0, parameters);
	}
}

export const noSecret = 'The secret is missing or wrong';

/**
 * Runs one call, which must be answered with `answer`. Without outputs no execution starts. A
 * stranger is refused before any other work, which could fail or take time for anybody who calls.
 */
export async function runCall<const P extends readonly Parameter[]>(
	node: IWebhookFunctions,
	parameters: P,
	originOf: (caller: Caller) => Origin,
	work: (call: WebhookCall<P>) => Promise<Output[]>,
): Promise<IWebhookResponseData> {
	const response = node.getResponseObject() as Response;
	const answer = (status: number, message: string) => response.status(status).json({ message });
	const headers = { ...node.getHeaderData() };
	const memory = node.getWorkflowStaticData('node');
	const origin = originOf({ headers, recall: (name) => memory[name], now: () => clock.now() });
	const refuse = () => {
		answer(401, noSecret);
		return { noWebhookResponse: true };
	};
	if (origin === 'stranger') return refuse();
	const limits = { store: storeOf(node.helpers), signal: clock.deadline(callLimit) };
	const host = await webhookHost(node, parameters, limits).catch(asError);
	if (host instanceof Error && origin === 'unclear') return refuse();
	try {
		if (host instanceof Error) throw host;
		const outputs = await work({
			...host,
			headers,
			origin,
			body: node.getBodyData() as unknown,
			answer,
		});
		return {
			noWebhookResponse: true,
			...(outputs.length > 0 && { workflowData: [outputs as INodeExecutionData[]] }),
		};
	} catch (thrown) {
		throw toNodeError(node.getNode(), asError(thrown), 0, parameters);
	}
}
