import type { INode } from 'n8n-workflow';
import type { Json } from './operation';

/** Whether n8n offers the node to a model, whose reader pays for each word. */
export const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

const isEmpty = (value: unknown): boolean =>
	value === null ||
	value === undefined ||
	value === '' ||
	(typeof value === 'object' && Object.keys(value).length === 0);

function brief(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(brief);
	return value !== null && typeof value === 'object' ? withoutEmpty(value as Json) : value;
}

/** What is not there need not be told. Entries of a list stay, as their place may mean something. */
export const withoutEmpty = (json: Json): Json =>
	Object.fromEntries(
		Object.entries(json)
			.map(([name, value]) => [name, brief(value)] as const)
			.filter(([, value]) => !isEmpty(value)),
	);
