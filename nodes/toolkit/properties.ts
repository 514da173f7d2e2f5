import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { confirmedParameter } from './unlessConfirmed';
import type { Operation, Resource } from './operation';
import type { Parameter } from './parameter';
import { requestOptions } from './requestOptions';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

const marks = ['emptyByHand', 'rejectsEmpty'];

/** A parameter as n8n knows it, without the marks of this package. */
const withoutMarks = (parameter: Parameter): INodeProperties =>
	Object.fromEntries(
		Object.entries(parameter).filter(([key]) => !marks.includes(key)),
	) as unknown as INodeProperties;

/** Sorts the fields of a collection, because people look for a field by its name. */
function withSortedFields(parameter: Parameter): INodeProperties {
	const property = withoutMarks(parameter);
	if (property.type !== 'collection') return property;
	const fields = (property.options ?? []) as INodeProperties[];
	return {
		...property,
		options: fields
			.toSorted((a, b) => a.displayName.localeCompare(b.displayName))
			.map((field) => withoutMarks(field as Parameter)),
	};
}

/** The panel of a trigger. */
export const triggerProperties = (parameters: readonly Parameter[]): INodeProperties[] =>
	parameters.map(withSortedFields);

const selector = (
	names: Pick<INodeProperties, 'displayName' | 'name'>,
	options: INodePropertyOptions[],
): INodeProperties => ({ ...names, type: 'options', noDataExpression: true, default: '', options });

/** A hint for builders of workflows, where there is one (docs/n8n.md#hints-for-builders). */
const hintFor = (propertyHint: string | undefined) =>
	propertyHint === undefined ? {} : { builderHint: { propertyHint } };

function operationSelector({ value, operations }: Resource): INodeProperties {
	const options = operations.map(({ name, value, action, description, builderHint }) => ({
		name,
		value,
		action,
		description,
		...hintFor(builderHint),
	}));
	return {
		...selector({ displayName: 'Operation', name: 'operation' }, options.sort(byName)),
		displayOptions: { show: { resource: [value] } },
		default: operations[0]?.value ?? '',
	};
}

const panelOf = ({ parameters, destroys }: Operation): readonly Parameter[] =>
	destroys ? [...parameters, confirmedParameter] : parameters;

/** A parameter, a text that only equal parameters share, and the selections that show it. */
type Shown = {
	parameter: Parameter;
	text: string;
	resource: readonly string[];
	operation: readonly string[];
};

/**
 * The parameters of several panels in one list, in which each panel keeps its order. What panels
 * have in common stands in it once: n8n sends the list to every browser, and walks through it at
 * every change in a panel.
 */
function inOneList(
	panels: readonly Shown[][],
	selector: 'operation' | 'resource',
	other: 'operation' | 'resource',
): Shown[] {
	const list: Shown[] = [];
	for (const panel of panels) {
		let position = 0;
		for (const shown of panel) {
			const found = list.findIndex(
				({ text, [other]: selected }, index) =>
					index >= position && text === shown.text && selected.join() === shown[other].join(),
			);
			const equal = list[found];
			if (equal === undefined) list.splice(position, 0, shown);
			else list[found] = { ...equal, [selector]: [...equal[selector], ...shown[selector]] };
			position = (equal === undefined ? position : found) + 1;
		}
	}
	return list;
}

const panelsOf = ({ value, operations }: Resource): Shown[] =>
	inOneList(
		operations.map((operation) =>
			panelOf(operation).map((parameter) => ({
				parameter,
				text: JSON.stringify(parameter),
				resource: [value],
				operation: [operation.value],
			})),
		),
		'operation',
		'resource',
	);

function propertyOf({ parameter, resource, operation }: Shown): INodeProperties {
	const conditions = parameter.displayOptions as IDisplayOptions | undefined;
	return {
		...withSortedFields(parameter),
		displayOptions: {
			...conditions,
			show: { resource: [...resource], operation: [...operation], ...conditions?.show },
		},
	};
}

/**
 * The panel of a node with operations: the two selectors, the parameters of the chosen operation, and
 * the settings of its requests.
 */
export function nodeProperties(resources: readonly Resource[]): INodeProperties[] {
	const options = resources
		.map(({ name, value, builderHint }) => ({ name, value, ...hintFor(builderHint) }))
		.sort(byName);
	return [
		{
			...selector({ displayName: 'Resource', name: 'resource' }, options),
			default: resources[0]?.value ?? '',
		},
		...resources.map(operationSelector),
		...inOneList(resources.map(panelsOf), 'resource', 'operation').map(propertyOf),
		withSortedFields(requestOptions),
	];
}
