import type { IExecuteFunctions } from 'n8n-workflow';
import { isTool } from './isTool';
import type { Json, Operation } from './operation';
import type { Parameter } from './parameter';
import { booleanFrom } from './booleanFrom';

/** Shown only where the node is a tool of an AI agent, whose model fills it in. */
export const confirmedParameter = {
	displayName: 'Confirmed',
	name: 'confirmed',
	type: 'boolean',
	default: false,
	displayOptions: { show: { '@tool': [true] } },
	description:
		'Whether the user has agreed. Let the model define it: without it, the tool does nothing and returns what would be lost.',
} as const satisfies Parameter;

/**
 * The values of an item, or those of its dry run where a model asks for something that destroys and
 * the user has not agreed.
 */
export function unlessConfirmed(
	node: IExecuteFunctions,
	{ destroys }: Operation,
	itemIndex: number,
	values: Json,
): Json {
	if (!isTool(node.getNode()) || destroys?.(values) !== true) return values;
	const confirmed = node.getNodeParameter(confirmedParameter.name, itemIndex, false);
	return booleanFrom(confirmed) === true ? values : { ...values, dryRun: true };
}

/** Tells a model how to go on after a dry run. */
export const withNextStep = ({ destroys }: Operation, json: Json): Json =>
	destroys && json.dry_run === true
		? {
				...json,
				next_step:
					'Nothing was changed. Tell the user what would be lost. If the user agrees, call this tool again with Confirmed = true.',
			}
		: json;
