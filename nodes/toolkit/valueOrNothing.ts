import type { IExecuteFunctions } from 'n8n-workflow';

const isExpression = (stored: unknown) => typeof stored === 'string' && stored.startsWith('=');

/**
 * The value of a parameter. An expression that yields an empty text yields nothing, so a parameter
 * can tell it from a field that somebody left empty.
 */
export const valueOrNothing = (
	node: Pick<IExecuteFunctions, 'getNode'>,
	name: string,
	value: unknown,
): unknown => (value === '' && isExpression(node.getNode().parameters?.[name]) ? undefined : value);
