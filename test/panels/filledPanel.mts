import { resources } from '../../nodes/PaperlessNgx/resources/index.ts';
import { triggerParameters } from '../../nodes/PaperlessNgxTrigger/triggerParameters.ts';
import { webhookTriggerParameters } from '../../nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters.ts';
import type { Parameter } from '../../nodes/toolkit/parameter.ts';

type Values = Record<string, unknown>;

/** A value that the panel has nothing to say against, for a field that somebody has added. */
function valueOf(parameter: Parameter): unknown {
	const { type, options = [], default: usual } = parameter;
	const takesNames = parameter.allowArbitraryValues === true;
	const first = options.flatMap((option) => ('value' in option ? [option.value] : []))[0];
	switch (type) {
		case 'resourceLocator':
			return { __rl: true, mode: 'list', value: '1', cachedResultName: 'The first' };
		case 'multiOptions':
			return takesNames ? '={{ ["A name", "another"] }}' : [first];
		case 'options':
			return takesNames ? '={{ "A name" }}' : usual;
		case 'collection':
			return valuesOf(options as readonly Parameter[]);
		case 'fixedCollection':
			return Object.fromEntries(
				options.flatMap((group) =>
					'values' in group ? [[group.name, rowsOf(parameter, valuesOf(group.values))]] : [],
				),
			);
		case 'dateTime':
			return '2024-05-31T12:00:00';
		case 'json':
			return '[]';
		case 'string':
			return usual === '' ? 'Something' : usual;
		default:
			return usual;
	}
}

const rowsOf = ({ typeOptions }: Parameter, row: Values) =>
	typeOptions?.multipleValues ? [row] : row;

const valuesOf = (parameters: readonly Parameter[]): Values =>
	Object.fromEntries(
		parameters
			.filter(({ type }) => type !== 'notice' && type !== 'callout')
			.map((parameter) => [parameter.name, valueOf(parameter)]),
	);

export const filledTriggers = {
	polling: valuesOf(triggerParameters),
	webhook: valuesOf(webhookTriggerParameters),
};

/** Every operation of every resource with every field filled. */
export const filledResources = resources.map(({ name, value: resource, operations }) => ({
	name,
	nodes: operations.map((operation) => ({
		name: operation.action,
		parameters: {
			...valuesOf(operation.parameters),
			resource,
			operation: operation.value,
		},
	})),
}));
