import type {
	ICredentialDataDecryptedObject,
	IHookFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { contextFor, outputFiles } from './contextFor';
import type { Files } from './files';
import { logLine } from './logLine';
import type { Context } from './operation';
import type { Parameter, ValuesOf } from './parameter';
import { readParameters } from './readParameters';

/** The part of n8n that every trigger uses. */
export type TriggerHost<P extends readonly Parameter[]> = {
	context: Context;
	values: ValuesOf<P>;
	/** True in a test in the editor, not in an active workflow. */
	isManual: boolean;
	/** Reads what was last saved under this name, as n8n stores it; undefined if nothing was. */
	recall: (name: string) => unknown;
	/** Saves a value with the workflow. n8n writes it to its database after the call returns. */
	remember: (name: string, value: object | undefined) => void;
	/** Writes to n8n's log. */
	warn: (message: string) => void;
};

/** Builds the host from n8n's object for a poll, an activation or a call. */
export function triggerHost<const P extends readonly Parameter[]>(
	node: IPollFunctions | IHookFunctions | IWebhookFunctions,
	parameters: P,
	credentials: ICredentialDataDecryptedObject,
	{ store, signal }: { store: Files['store']; signal: AbortSignal },
): TriggerHost<P> {
	const memory = node.getWorkflowStaticData('node');
	return {
		context: contextFor(node, credentials, { files: outputFiles(store), signal }),
		values: readParameters(parameters, (name, fallback) =>
			node.getNodeParameter(name, fallback as object),
		),
		isManual: node.getMode() === 'manual',
		recall: (name) => memory[name],
		remember: (name, value) => {
			memory[name] = value;
		},
		warn: (message) => node.logger.warn(logLine(message)),
	};
}
