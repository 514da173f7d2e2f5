import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';
import type { Parameter } from './parameters';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

function shownFor(parameter: Parameter, resource: Resource, operation: Operation): INodeProperties {
	const own = parameter.displayOptions as IDisplayOptions | undefined;
	return {
		...(parameter as INodeProperties),
		displayOptions: {
			...own,
			show: { resource: [resource.value], operation: [operation.value], ...own?.show },
		},
	};
}

const selector = (
	own: Pick<INodeProperties, 'displayName' | 'name'>,
	options: INodePropertyOptions[],
): INodeProperties => ({ ...own, type: 'options', noDataExpression: true, default: '', options });

function operationSelector({ value, operations }: Resource): INodeProperties {
	const options = operations.map(({ name, value, action, description }) => ({
		name,
		value,
		action,
		description,
	}));
	return {
		...selector({ displayName: 'Operation', name: 'operation' }, options.sort(byName)),
		displayOptions: { show: { resource: [value] } },
		default: operations[0]?.value ?? '',
	};
}

/** The node's panel: the two selectors, and every operation's parameters shown for it alone. */
export function nodeProperties(resources: readonly Resource[]): INodeProperties[] {
	const options = resources.map(({ name, value }) => ({ name, value })).sort(byName);
	return [
		{
			...selector({ displayName: 'Resource', name: 'resource' }, options),
			default: resources[0]?.value ?? '',
		},
		...resources.map(operationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.parameters.map((parameter) => shownFor(parameter, resource, operation)),
			),
		),
	];
}
