import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import type { Parameter } from './parameter';
import { innerParameters } from './parameter';
import { isTool } from './tool';

const camelCase = (field: string) =>
	field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The label of a parameter, wherever in collections it is. */
function displayNameOf(parameters: readonly Parameter[], name: string): string | undefined {
	for (const parameter of parameters) {
		if (parameter.name === name) return parameter.displayName;
		const found = displayNameOf(innerParameters(parameter), name);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The server's field errors under the names that the panel shows. */
function messageFor(error: PaperlessError, parameters: readonly Parameter[]): string {
	const fields = Object.entries(error.fields);
	const labelled = fields.map(([field, words]) => {
		const label = displayNameOf(parameters, camelCase(field));
		return label === undefined ? words : `“${label}”: ${words}`;
	});
	const message = labelled.length > 0 ? labelled.join(' ') : error.message;
	const label = error.parameter && displayNameOf(parameters, error.parameter);
	return label && !message.includes(`“${label}”`) ? `“${label}”: ${message}` : message;
}

/** Carries what the client says over to n8n, with the item and the parameter that it is about. */
export function toNodeError(
	node: INode,
	error: Error,
	itemIndex: number,
	parameters: readonly Parameter[],
): NodeApiError | NodeOperationError {
	if (!(error instanceof PaperlessError)) return new NodeOperationError(node, error, { itemIndex });
	const { description, status } = error;
	const said = messageFor(error, parameters);
	// Of an error n8n's agents pass on the message only, so that it has to say how to go on as well.
	const message = isTool(node) && description !== '' ? `${said}. ${description}` : said;
	if (status === undefined)
		return new NodeOperationError(node, message, { description, itemIndex });
	const httpCode = String(status);
	return new NodeApiError(
		node,
		{ message, httpCode },
		{ message, description, httpCode, itemIndex },
	);
}
