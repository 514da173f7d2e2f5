import { resources } from '../../nodes/PaperlessNgx/resources';
import type { Operation } from '../../nodes/toolkit/operation';
import type { Parameter } from '../../nodes/toolkit/parameters';
import { filesBelow, sourceOf } from '../support/sources.mts';

type Values = Record<string, unknown>;
type ExampleNode = { name: string; type: string; parameters: Values };

const ownType = 'n8n-nodes-paperless-ngx.paperlessNgx';

const nodes = filesBelow(['examples'], '.json').flatMap((file) =>
	(JSON.parse(sourceOf(file)) as { nodes: ExampleNode[] }).nodes
		.filter(({ type }) => type === ownType)
		.map(({ name, parameters }) => ({ title: `${file}: ${name}`, parameters })),
);

function operationOf({ resource, operation }: Values): Operation | undefined {
	return resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
}

const isGroup = (value: unknown): value is Values =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

/** What is set although no parameter has this name, or has a value that is no choice of it. */
function strangers(parameters: readonly Parameter[], values: Values, place = ''): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const parameter = parameters.find((candidate) => candidate.name === name);
		if (!parameter) return [`${place}${name}`];
		const options = parameter.options ?? [];
		if (parameter.type === 'collection' && isGroup(value)) {
			return strangers(options as readonly Parameter[], value, `${place}${name}.`);
		}
		if (parameter.type === 'fixedCollection' && isGroup(value)) {
			return Object.entries(value).flatMap(([group, rows]) => {
				const known = options.find((option) => 'values' in option && option.name === group);
				if (!known || !('values' in known)) return [`${place}${name}.${group}`];
				return [rows]
					.flat()
					.flatMap((row) =>
						strangers(known.values as readonly Parameter[], row as Values, `${place}${name}.`),
					);
			});
		}
		const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
		const chosen = [value].flat().filter((one) => !String(one).startsWith('='));
		return parameter.type !== 'collection' &&
			choices.length > 0 &&
			!chosen.every((one) => choices.includes(one as never))
			? [`${place}${name} = ${JSON.stringify(value)}`]
			: [];
	});
}

describe('The example workflows', () => {
	it('use the node', () => {
		expect(nodes.length).toBeGreaterThan(10);
	});

	it.each(nodes)('set in “$title” only what the operation has', ({ parameters }) => {
		const { resource, operation, ...values } = parameters;
		const chosen = operationOf({ resource, operation });

		expect(chosen).toBeDefined();
		expect(strangers(chosen?.parameters ?? [], values)).toEqual([]);
	});
});
