import { resources } from '../../nodes/PaperlessNgx/resources';
import { triggerParameters } from '../../nodes/PaperlessNgxTrigger/triggerParameters';
import { webhookTriggerParameters } from '../../nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters';
import type { Operation } from '../../nodes/toolkit/operation';
import type { Parameter } from '../../nodes/toolkit/parameter';
import { nodeType, toolType, triggerType, webhookTriggerType } from '../support/nodeTypes.mts';
import { filesBelow, sourceOf } from '../support/sources.mts';

type Values = Record<string, unknown>;
type ExampleNode = { name: string; type: string; parameters: Values };

const examples = filesBelow(['examples'], '.json').map((file) => ({
	file,
	workflow: JSON.parse(sourceOf(file)) as {
		name: string;
		active?: boolean;
		nodes: ExampleNode[];
	},
}));

const nodesOf = (wanted: string) =>
	examples.flatMap(({ file, workflow }) =>
		workflow.nodes
			.filter(({ type }) => type === wanted)
			.map(({ name, parameters }) => ({ title: `${file}: ${name}`, parameters })),
	);

const nodes = nodesOf(nodeType);
const tools = nodesOf(toolType);
const known = new RegExp(`^(n8n-nodes-base\\.|@n8n/n8n-nodes-langchain\\.|${nodeType})`);
const noteType = 'n8n-nodes-base.stickyNote';
const recipes = sourceOf('docs/recipes.md');
const triggers = nodesOf(triggerType);
const webhookTriggers = nodesOf(webhookTriggerType);

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
		expect(triggers.length).toBeGreaterThan(0);
	});

	it('start nothing by being imported', () => {
		expect(examples.filter(({ workflow }) => workflow.active)).toEqual([]);
	});

	it('need no nodes but these and those that come with n8n', () => {
		const types = examples.flatMap(({ workflow }) => workflow.nodes.map(({ type }) => type));

		expect(types.filter((type) => !known.test(type))).toEqual([]);
	});

	it.each(examples)('say in $file what it does and what to set', ({ workflow }) => {
		const [about] = workflow.nodes.filter(({ type }) => type === noteType);

		expect(String(about?.parameters['content'])).toMatch(/^## .+\n[^]{100,}/);
	});

	it.each(examples)('are called in n8n and on their note as among the recipes: $file', (one) => {
		const { file, workflow } = one;
		const [, title = ''] = recipes.split(`](../${file})`, 1)[0]?.match(/.*\[(.+)$/s) ?? [];
		const note = workflow.nodes.find(({ type }) => type === noteType);

		expect(workflow.name).toBe(`Paperless-ngx: ${title.charAt(0).toLowerCase()}${title.slice(1)}`);
		expect(note?.parameters['content']).toMatch(new RegExp(`^## ${title}\n`));
	});

	it.each(nodes)('set in “$title” only what the operation has', ({ parameters }) => {
		const { resource, operation, ...values } = parameters;
		const chosen = operationOf({ resource, operation });

		expect(chosen).toBeDefined();
		expect(strangers(chosen?.parameters ?? [], values)).toEqual([]);
	});

	it.each(tools)('set in “$title” only what the operation has, and say when to use it', (tool) => {
		// n8n itself adds to every tool what a model is told.
		const { resource, operation, descriptionType, toolDescription, ...values } = tool.parameters;
		const chosen = operationOf({ resource, operation });

		expect(descriptionType).toBe('manual');
		expect(toolDescription).toMatch(/.{40,}/);
		expect(strangers(chosen?.parameters ?? [], values)).toEqual([]);
	});

	it.each(triggers)('set in “$title” only what the trigger has', ({ parameters }) => {
		// n8n itself adds to every polling trigger when it asks.
		const { pollTimes, ...values } = parameters;

		expect(pollTimes).toBeDefined();
		expect(strangers(triggerParameters, values)).toEqual([]);
	});

	it.each(webhookTriggers)('set in “$title” only what the trigger has', ({ parameters }) => {
		expect(strangers(webhookTriggerParameters, parameters)).toEqual([]);
	});

	it('show each event of both triggers', () => {
		const shown = [...triggers, ...webhookTriggers].flatMap(({ parameters }) => [
			...((parameters['events'] ?? []) as string[]),
			...(typeof parameters['event'] === 'string' ? [parameters['event']] : []),
		]);

		const all = [...triggerParameters, ...webhookTriggerParameters].flatMap(
			({ name, ...parameter }) =>
				['event', 'events'].includes(name) && 'options' in parameter
					? parameter.options.map((option) => 'value' in option && option.value)
					: [],
		);
		expect([...new Set(all)].filter((event) => !shown.includes(String(event)))).toEqual([]);
	});
});
