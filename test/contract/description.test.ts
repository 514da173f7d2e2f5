import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { PaperlessNgx } from '../../nodes/PaperlessNgx/PaperlessNgx.node';
import { PaperlessNgxTrigger } from '../../nodes/PaperlessNgxTrigger/PaperlessNgxTrigger.node';
import { PaperlessNgxWebhookTrigger } from '../../nodes/PaperlessNgxWebhookTrigger/PaperlessNgxWebhookTrigger.node';
import { resources } from '../../nodes/PaperlessNgx/resources';
import { triggerParameters } from '../../nodes/PaperlessNgxTrigger/triggerParameters';
import { webhookTriggerParameters } from '../../nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters';
import type { Parameter } from '../../nodes/toolkit/parameter';

const node = new PaperlessNgx();

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		...operation,
		title: `${resource.name} · ${operation.name}`,
		properties: operation.parameters as unknown as INodeProperties[],
	})),
);

type Found = { path: string; property: INodeProperties };

/** Every parameter with its place, collections and their groups included. */
function everyParameter(properties: readonly INodeProperties[], place: string): Found[] {
	return properties.flatMap((property) => {
		const path = `${place}.${property.name}`;
		const inner = (property.options ?? []).flatMap((option): Found[] => {
			if ('values' in option) return everyParameter(option.values, `${path}.${option.name}`);
			return 'displayName' in option ? everyParameter([option], path) : [];
		});
		return [{ path, property }, ...inner];
	});
}

const parameters = [
	...everyParameter(node.description.properties.slice(0, resources.length + 1), 'panel'),
	...operations.flatMap(({ title, properties }) => everyParameter(properties, title)),
	...everyParameter(new PaperlessNgxTrigger().description.properties, 'trigger'),
	...everyParameter(new PaperlessNgxWebhookTrigger().description.properties, 'webhookTrigger'),
];

/** The same as the editor shows them: the toolkit sorts the fields of a collection. */
const shownParameters = [
	...node.description.properties.flatMap((property) => {
		const { resource, operation } = property.displayOptions?.show ?? {};
		return everyParameter([property], [resource, operation].flat().join(' · '));
	}),
	...everyParameter(new PaperlessNgxTrigger().description.properties, 'trigger'),
	...everyParameter(new PaperlessNgxWebhookTrigger().description.properties, 'webhookTrigger'),
];

const repeated = (names: readonly string[]) =>
	names.filter((name, index) => names.indexOf(name) !== index);

const isSorted = (labels: readonly string[]) =>
	labels.every(
		(label, index) => index === 0 || (labels[index - 1] ?? '').localeCompare(label) <= 0,
	);

describe('Names', () => {
	it('of resources occur once', () => {
		expect(repeated(resources.map(({ value }) => value))).toEqual([]);
		expect(repeated(resources.map(({ name }) => name))).toEqual([]);
	});

	it.each(resources.map((resource) => [resource.name, resource] as const))(
		'of operations occur once in %s',
		(_, resource) => {
			expect(repeated(resource.operations.map(({ value }) => value))).toEqual([]);
			expect(repeated(resource.operations.map(({ name }) => name))).toEqual([]);
		},
	);

	it('of parameters occur once in their operation', () => {
		const twice = operations.flatMap(({ title, properties }) =>
			repeated(properties.map(({ name }) => name)).map((name) => `${title}.${name}`),
		);

		expect(twice).toEqual([]);
	});

	it('and labels occur once in every collection and group', () => {
		const twice = parameters.flatMap(({ path, property }) => {
			const options = property.options ?? [];
			const lists = [options, ...options.flatMap((one) => ('values' in one ? [one.values] : []))];
			return lists.flatMap((list) =>
				repeated(list.map((one) => one.name))
					.concat(repeated(list.flatMap((one) => ('displayName' in one ? [one.displayName] : []))))
					.map((name) => `${path}: ${name}`),
			);
		});

		expect(twice).toEqual([]);
	});

	it('of stored choices occur once', () => {
		const twice = parameters.flatMap(({ path, property }) =>
			repeated(
				(property.options ?? []).flatMap((one) => ('value' in one ? [String(one.value)] : [])),
			).map((value) => `${path}: ${value}`),
		);

		expect(twice).toEqual([]);
	});
});

describe('An operation', () => {
	const selectors = node.description.properties.filter(({ name }) => name === 'operation');

	it('has an action and a description, each its own', () => {
		const options = selectors.flatMap(({ options = [] }) => options as INodePropertyOptions[]);

		expect(options).toHaveLength(operations.length);
		expect(options.filter(({ action, description }) => !action || !description)).toEqual([]);
		expect(repeated(options.map(({ action = '' }) => action))).toEqual([]);
	});

	it('has an action in sentence case and a description without a full stop', () => {
		const odd = operations.filter(
			({ action, description }) =>
				!/^[A-Z][^A-Z]/.test(action) ||
				/[^.]\.$/.test(description) ||
				/(?<!e\.g)\. /.test(description),
		);

		expect(odd.map(({ title, action, description }) => ({ title, action, description }))).toEqual(
			[],
		);
	});

	it('is the default of its selector only if it exists', () => {
		for (const { default: chosen, options = [] } of selectors) {
			expect((options as INodePropertyOptions[]).map(({ value }) => value)).toContain(chosen);
		}
	});

	it('that reads is named as such; every other one has access to write', () => {
		const reads = /^(get|download|search|autocomplete|global|checkForUpdate|test|waitFor|ask)/;
		// The server may renew the token of the mail account that it tests.
		const odd = operations.filter(
			({ access, value, title }) =>
				(access === 'read') !== (reads.test(value) && title !== 'Mail Account · Test'),
		);

		expect(odd.map(({ title, access }) => `${title} has access to ${access}`)).toEqual([]);
	});
});

describe('A list that the editor loads', () => {
	const methods = node.methods;

	it('exists on the node', () => {
		const missing = parameters.flatMap(({ path, property }) => {
			const { loadOptionsMethod, resourceMapper } = property.typeOptions ?? {};
			const searched = (property.modes ?? []).map((mode) => mode.typeOptions?.searchListMethod);
			const created = (property.modes ?? []).map(
				(mode) => mode.typeOptions?.allowNewResource?.method,
			);
			return [
				...created.flatMap((name) =>
					name && !(name in methods.actionHandler) ? [`${path}: ${name}`] : [],
				),
				...(loadOptionsMethod && !(loadOptionsMethod in methods.loadOptions)
					? [`${path}: ${loadOptionsMethod}`]
					: []),
				...searched.flatMap((name) =>
					name && !(name in methods.listSearch) ? [`${path}: ${name}`] : [],
				),
				...(resourceMapper?.resourceMapperMethod &&
				!(resourceMapper.resourceMapperMethod in methods.resourceMapping)
					? [`${path}: ${resourceMapper.resourceMapperMethod}`]
					: []),
			];
		});

		expect(missing).toEqual([]);
	});

	it('is used by a parameter', () => {
		const used = JSON.stringify(parameters.map(({ property }) => property));
		const names = Object.values(methods).flatMap((group) => Object.keys(group));

		expect(
			names.filter((name) => name !== 'testConnection' && !used.includes(`"${name}"`)),
		).toEqual([]);
	});

	it('tests the credential by a method that exists', () => {
		const tests = node.description.credentials?.map(({ testedBy }) => testedBy);

		expect(tests).toEqual(['testConnection']);
		expect(methods.credentialTest).toHaveProperty('testConnection');
	});

	it('takes names that an expression returns, without a red mark', () => {
		const odd = parameters.filter(
			({ property: { name, typeOptions, allowArbitraryValues } }) =>
				typeOptions?.loadOptionsMethod && name !== 'operator' && !allowArbitraryValues,
		);

		expect(odd.map(({ path }) => path)).toEqual([]);
	});

	it('is announced with the words that n8n asks for', () => {
		const loaded = parameters.filter(({ property }) => property.typeOptions?.loadOptionsMethod);
		const link = 'using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
		const wanted = {
			options: { label: / Name or ID$/, text: `Choose from the list, or specify an ID ${link}` },
			multiOptions: {
				label: / Names or IDs$/,
				text: `Choose from the list, or specify IDs ${link}`,
			},
		};
		const odd = loaded.filter(({ property }) => {
			const { label, text } = wanted[property.type as keyof typeof wanted];
			return !label.test(property.displayName) || property.description !== text;
		});

		expect(loaded.length).toBeGreaterThan(10);
		expect(odd.map(({ path }) => path)).toEqual([]);
	});
});

describe('A locator', () => {
	const locators = parameters.filter(({ property }) => property.type === 'resourceLocator');

	it('checks what somebody types in any of its ways', () => {
		const odd = locators.flatMap(({ path, property }) =>
			(property.modes ?? [])
				.filter(({ type, validation = [] }) => type === 'string' && validation.length === 0)
				.map(({ name }) => `${path}: ${name}`),
		);

		expect(odd).toEqual([]);
	});

	it('offers the list first and the id', () => {
		const odd = locators.filter(({ property }) => {
			const modes = (property.modes ?? []).map(({ name }) => name);
			return modes[0] !== 'list' || !modes.includes('id');
		});

		expect(locators.length).toBeGreaterThan(0);
		expect(odd.map(({ path }) => path)).toEqual([]);
	});
});

describe('Choices', () => {
	it('of five or more are in alphabetical order, also inside collections', () => {
		const unsorted = shownParameters.flatMap(({ path, property }) => {
			const options = property.options ?? [];
			const groups = options.flatMap((one) => ('values' in one ? [one.values] : []));
			const lists = [
				options.map((one) => ('displayName' in one ? one.displayName : one.name)),
				...groups.map((values) => values.map(({ displayName }) => displayName)),
			];
			return lists.filter((labels) => labels.length >= 5 && !isSorted(labels)).map(() => path);
		});

		expect(unsorted).toEqual([]);
	});

	it('have a default that is one of them', () => {
		const odd = parameters.filter(
			({ property: { type, options, typeOptions, default: chosen } }) => {
				const values = (options ?? []).flatMap((one) => ('value' in one ? [one.value] : []));
				const fixed =
					(type === 'options' || type === 'multiOptions') && !typeOptions?.loadOptionsMethod;
				return fixed && ![chosen].flat().every((one) => values.includes(one as string));
			},
		);

		expect(odd.map(({ path }) => path)).toEqual([]);
	});
});

/** The parameter that a condition names; a path such as `/options.dryRun` leads into a collection. */
function conditioned(
	properties: readonly INodeProperties[],
	name: string,
): INodeProperties | undefined {
	const [first, ...path] = name.replace(/^\//, '').split('.');
	const found = properties.find((one) => one.name === first);
	const inner = (found?.options ?? []) as INodeProperties[];
	return path.length === 0 ? found : conditioned(inner, path.join('.'));
}

describe('Conditions under which parameters are shown', () => {
	it('name parameters and values beside them', () => {
		const odd = operations.flatMap(({ title, properties }) =>
			properties.flatMap(({ name, displayOptions }) =>
				Object.entries({ ...displayOptions?.show, ...displayOptions?.hide }).flatMap(
					([other, values = []]) => {
						// What n8n itself says of the node.
						if (other === '@tool') return [];
						const sibling = conditioned(properties, other);
						const known = (sibling?.options ?? []).flatMap((one) =>
							'value' in one ? [one.value] : [],
						);
						const fits =
							sibling?.type === 'boolean' ||
							values.every((value) => typeof value === 'object' || known.includes(value as string));
						return sibling && fits ? [] : [`${title}.${name}: ${other}`];
					},
				),
			),
		);

		expect(odd).toEqual([]);
	});
});

const pathsOf = (found: readonly Found[]) => [...new Set(found.map(({ path }) => path))];

describe('A field', () => {
	const example = /^e\.g\. \S/;

	it('for a text shows an example of one', () => {
		const texts = shownParameters.filter(({ property: { type } }) =>
			['json', 'string'].includes(type),
		);

		expect(texts.length).toBeGreaterThan(100);
		expect(
			pathsOf(texts.filter(({ property }) => !example.test(property.placeholder ?? ''))),
		).toEqual([]);
	});

	it('for an ID, a name or an address of a thing shows an example of one', () => {
		const odd = shownParameters.filter(({ property: { modes = [] } }) =>
			modes.some(({ type, placeholder = '' }) => type === 'string' && !example.test(placeholder)),
		);

		expect(pathsOf(odd)).toEqual([]);
	});

	it('that repeats heads its rows by what is in them', () => {
		const repeating = shownParameters.filter(({ property }) => property.type === 'fixedCollection');
		const odd = repeating.filter(({ property: { options = [], typeOptions } }) => {
			const title = typeOptions?.fixedCollection?.itemTitle ?? '';
			const inside = options.flatMap((one) => ('values' in one ? one.values : []));
			return !inside.some(({ name }) => title.includes(name));
		});

		expect(repeating.length).toBeGreaterThan(10);
		expect(pathsOf(odd)).toEqual([]);
	});

	it('that opens others says what it adds', () => {
		const odd = shownParameters.filter(
			({ property: { type, placeholder = '' } }) =>
				['collection', 'fixedCollection'].includes(type) && !/^Add [A-Z]/.test(placeholder),
		);

		expect(pathsOf(odd)).toEqual([]);
	});
});

describe('The order of fields', () => {
	const panels = [
		...operations,
		{ title: 'trigger', properties: [...triggerParameters] as unknown as INodeProperties[] },
		{
			title: 'webhookTrigger',
			properties: [...webhookTriggerParameters] as unknown as INodeProperties[],
		},
	];

	/** The fields that stand after one of these although they belong before it. */
	const misplaced = (
		isLate: (property: INodeProperties, all: readonly INodeProperties[]) => boolean,
		isEarly: (property: INodeProperties, all: readonly INodeProperties[]) => boolean,
	) =>
		panels.flatMap(({ title, properties }) => {
			const late = properties.findIndex((one) => isLate(one, properties));
			const behind = late < 0 ? [] : properties.slice(late + 1);
			return behind
				.filter((one) => isEarly(one, properties))
				.map(({ name }) => `${title}.${name} stands after ${properties[late]?.name}`);
		});

	const isNotice = ({ type }: INodeProperties) => type === 'notice';
	const isEmpty = ({ default: given, type }: INodeProperties) =>
		given === '' || type === 'resourceLocator';
	/** Whether other fields come and go with the choice. */
	const decides = ({ name }: INodeProperties, all: readonly INodeProperties[]) =>
		all.some((other) => !isNotice(other) && name in (other.displayOptions?.show ?? {}));

	it('begins with those that must be filled', () => {
		expect(
			misplaced(
				(one, all) => !one.required && !one.displayOptions && !isNotice(one) && !decides(one, all),
				(one) => one.required === true && !one.displayOptions && isEmpty(one),
			),
		).toEqual([]);
	});

	it('ends with the options', () => {
		expect(
			misplaced(
				({ name, type }) => type === 'collection' && name === 'options',
				(one) => !isNotice(one),
			),
		).toEqual([]);
	});

	it('asks for a dry run and for patience once it is said what to do', () => {
		const isLast = ({ name }: INodeProperties) =>
			/^(dryRun|waitForResult|timeout|options)$/.test(name);

		expect(misplaced(isLast, (one) => !isLast(one) && !isNotice(one))).toEqual([]);
	});
});

describe('A notice', () => {
	const destructive = /^(delete|deletePages|deletePermanently)$/;
	const noticesOf = (properties: readonly INodeProperties[]) =>
		properties.filter(({ type }) => type === 'notice');

	it('warns of every operation that deletes', () => {
		const odd = operations.filter(
			({ value, destroys, properties }) =>
				(destroys !== undefined || destructive.test(value)) && noticesOf(properties).length === 0,
		);

		expect(odd.map(({ title }) => title)).toEqual([]);
	});

	it('is not all: every operation that deletes has a dry run, which a model gets first', () => {
		const odd = operations.filter(
			({ value, destroys, properties }) =>
				(destroys !== undefined || destructive.test(value)) &&
				(destroys === undefined || !properties.some(({ name }) => name === 'dryRun')),
		);

		expect(odd.map(({ title }) => title)).toEqual([]);
	});

	it('warns of every choice that deletes something else, while it is chosen', () => {
		const choices = operations.flatMap(({ title, properties }) =>
			everyParameter(properties, '').flatMap(({ path, property }) => {
				const deletes = /^delete(Children|Original|Originals|Owner)$|^removeOptions$/.test(
					property.name,
				);
				return deletes ? [{ title, properties, path: path.slice(1) }] : [];
			}),
		);
		const odd = choices.filter(({ properties, path }) =>
			noticesOf(properties).every(({ displayOptions }) =>
				Object.keys(displayOptions?.show ?? {}).every((name) => name.replace(/^\//, '') !== path),
			),
		);

		expect(choices.length).toBeGreaterThan(4);
		expect(odd.map(({ title, path }) => `${title}.${path}`)).toEqual([]);
	});

	it('warns of the content and the files of all documents', () => {
		const large = operations.filter(({ properties }) => {
			const names = everyParameter(properties, '').map(({ property }) => property.name);
			return names.includes('returnAll') && /includeContent|includeFile/.test(names.join());
		});
		const odd = large.filter(({ properties }) =>
			noticesOf(properties).every(({ displayOptions }) => !displayOptions?.show?.['returnAll']),
		);

		expect(large.length).toBeGreaterThan(0);
		expect(odd.map(({ title }) => title)).toEqual([]);
	});

	it('is gone while a dry run is chosen', () => {
		const odd = operations.filter(
			({ properties }) =>
				properties.some(({ name }) => name === 'dryRun') &&
				noticesOf(properties).some(({ displayOptions }) => !displayOptions?.show?.['dryRun']),
		);

		expect(odd.map(({ title }) => title)).toEqual([]);
	});

	it('is short', () => {
		const odd = shownParameters.filter(
			({ property: { type, displayName } }) =>
				type === 'notice' && (displayName.length > 160 || !displayName.endsWith('.')),
		);

		expect(pathsOf(odd)).toEqual([]);
	});
});

/** What workflows store: a changed line here breaks them. */
function storedNames(parameter: Parameter): unknown {
	const options = (parameter.options ?? []) as readonly (
		| Parameter
		| { value: unknown }
		| { values: readonly Parameter[]; name: string }
	)[];
	const modes = parameter.modes?.map(({ name }) => name);
	if (modes) return modes.join(' | ');
	const inner = options.map((option): [string, unknown] => {
		if ('values' in option) {
			return [
				option.name,
				Object.fromEntries(option.values.map((one) => [one.name, storedNames(one)])),
			];
		}
		return 'displayName' in option
			? [option.name, storedNames(option)]
			: [JSON.stringify(option.value), undefined];
	});
	const choices = inner.flatMap(([name, content]) => (content === undefined ? [name] : []));
	if (choices.length > 0) return choices.sort().join(' | ');
	return inner.length > 0 ? Object.fromEntries(inner) : parameter.type;
}

describe('What workflows store', () => {
	it.each(resources.map((resource) => [resource.value, resource] as const))(
		'of %s stays as it is once released; new names are added by jest -u',
		(_, { operations: own }) => {
			const stored = Object.fromEntries(
				own.map(({ value, parameters: list }) => [
					value,
					Object.fromEntries(
						list
							.filter(({ type }) => type !== 'notice')
							.map((parameter) => [parameter.name, storedNames(parameter)]),
					),
				]),
			);

			expect(stored).toMatchSnapshot();
		},
	);

	it('of the node and its credential stays as it is', () => {
		expect(node.description).toMatchObject({
			name: 'paperlessNgx',
			version: 1,
			usableAsTool: true,
			credentials: [{ name: 'paperlessNgxTokenApi', required: true }],
		});
	});
});

describe('Filters', () => {
	const lists = [
		...operations.flatMap(({ parameters: list }) => list),
		...(triggerParameters as readonly Parameter[]),
		...(webhookTriggerParameters as readonly Parameter[]),
	];

	it('reject a field whose expression returns nothing, because it would let everything pass', () => {
		const filters = lists.filter(({ name }) => /filters$/i.test(name) || name === 'changes');

		expect(filters.length).toBeGreaterThan(20);
		expect(filters.filter(({ rejectsEmpty }) => !rejectsEmpty).map(({ name }) => name)).toEqual([]);
	});

	it('show no mark of this package in the panel', () => {
		const marked = shownParameters.filter(({ property }) => 'rejectsEmpty' in property);

		expect(marked.map(({ path }) => path)).toEqual([]);
	});
});

describe('A hint for builders of workflows', () => {
	const descriptions = [
		node.description,
		new PaperlessNgxTrigger().description,
		new PaperlessNgxWebhookTrigger().description,
	];

	it('stands at each node, and at what is easily chosen by mistake', () => {
		const hints = descriptions.map(({ builderHint }) => builderHint?.searchHint ?? '');
		const options = node.description.properties
			.slice(0, resources.length + 1)
			.flatMap(({ options: choices = [] }) => choices)
			.filter((choice) => 'builderHint' in choice && choice.builderHint !== undefined)
			.map(({ name }) => name);

		for (const hint of hints) expect(hint.length).toBeGreaterThan(100);
		for (const hint of hints) expect(hint.length).toBeLessThan(500);
		expect(options).toEqual(
			expect.arrayContaining(['API Call', 'Document (Bulk)', 'Get Many', 'Update', 'Upload']),
		);
	});
});
