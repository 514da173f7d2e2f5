import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { PaperlessError } from '../api/errors';
import { isPaperlessError } from '../api/errors';
import { isTool } from './isTool';
import type { Parameter } from './parameter';
import { innerParameters } from './parameter';
import { plainMessage } from './plainMessage';
import { wholeMessage } from './wholeMessage';

const camelCase = (field: string) =>
	field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The label of a parameter, which may be inside collections. */
function displayNameOf(parameters: readonly Parameter[], name: string): string | undefined {
	for (const parameter of parameters) {
		if (parameter.name === name) return parameter.displayName;
		const found = displayNameOf(innerParameters(parameter), name);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Names the server's field errors by the labels of the panel. */
function messageFor(error: PaperlessError, parameters: readonly Parameter[]): string {
	const fields = Object.entries(error.fields);
	const labeled = fields.map(([field, words]) => {
		const label = displayNameOf(parameters, camelCase(field));
		return label === undefined ? words : `“${label}”: ${words}`;
	});
	const message = labeled.length > 0 ? labeled.join(' ') : error.message;
	const label = error.parameter && displayNameOf(parameters, error.parameter);
	return label && !message.includes(`“${label}”`) ? `“${label}”: ${message}` : message;
}

/** Turns an error into n8n's error of an item. */
export function toNodeError(
	node: INode,
	error: Error,
	itemIndex: number,
	parameters: readonly Parameter[],
): NodeApiError | NodeOperationError {
	if (!isPaperlessError(error)) {
		error.message = plainMessage(error.message);
		return new NodeOperationError(node, error, { itemIndex });
	}
	const { status } = error;
	const description = plainMessage(error.description);
	const summary = plainMessage(messageFor(error, parameters));
	// n8n's agents see only the message, so it must include the description.
	const message = isTool(node) ? wholeMessage(summary, description) : summary;
	if (status === undefined)
		return new NodeOperationError(node, message, { description, itemIndex });
	const httpCode = String(status);
	return new NodeApiError(
		node,
		{ message, httpCode },
		{ message, description, httpCode, itemIndex },
	);
}
