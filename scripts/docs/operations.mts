import type { Operation, Resource } from '../../nodes/toolkit/operation';
import type { Parameter } from '../../nodes/toolkit/parameter';

type Server = typeof import('../../nodes/api/server').Server;
type Capability = NonNullable<Operation['needs']>;

type Option = NonNullable<Parameter['options']>[number];
type Choice = Extract<Option, { value: unknown }>;

const types: Readonly<Record<string, string>> = {
	boolean: 'on or off',
	collection: 'optional fields',
	dateTime: 'date',
	fixedCollection: 'group',
	json: 'JSON',
	multiOptions: 'any of',
	options: 'one of',
	resourceLocator: 'one of the archive',
	resourceMapper: 'values for the fields of the server',
	string: 'text',
};

/** Longer ones are written once and referred to from then on. */
const linesToRepeat = 3;

const byName = <T extends { name: string }>(things: readonly T[]): T[] =>
	[...things].sort((a, b) => a.name.localeCompare(b.name));

/** Text of the panel as Markdown: links stay, signs that mean something there are escaped. */
const prose = (text: string): string =>
	text
		.replace(/<a href="([^"]+)">([^<]+)<\/a>/g, '[$2]($1)')
		.replace(/[<*]|(?<!\w)_|_(?!\w)/g, '\\$&')
		.trim();

/** Said once in the introduction instead of at every such field. */
const isBoilerplate = (text: string) => text.startsWith('Choose from the list, or specify ');

const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

/** As the toolkit sorts the fields of a collection. */
const byLabel = (parameters: readonly Parameter[]): Parameter[] =>
	parameters.toSorted((a, b) => a.displayName.localeCompare(b.displayName));

const choicesOf = ({ options = [] }: Parameter): Choice[] =>
	options.flatMap((option) => ('value' in option ? [option as Choice] : []));

function shownDefault(parameter: Parameter): string {
	const { default: value, type } = parameter;
	if (type === 'boolean') return value === true ? 'on' : 'off';
	if (value === '' || value === null || typeof value === 'object') {
		const chosen = Array.isArray(value)
			? choicesOf(parameter).filter((choice) => value.includes(choice.value as never))
			: [];
		return chosen.map(({ name }) => prose(name)).join(', ');
	}
	const choice = choicesOf(parameter).find((option) => option.value === value);
	return choice ? prose(choice.name) : `\`${String(value)}\``;
}

function kindOf(parameter: Parameter): string {
	const { modes = [], type, typeOptions = {} } = parameter;
	if (type === 'resourceLocator') return modes.map(({ displayName }) => displayName).join(', ');
	const loaded = 'loadOptionsMethod' in typeOptions;
	if (loaded) return type === 'options' ? 'one from the server' : 'several from the server';
	if (type === 'fixedCollection' && typeOptions.multipleValues) return 'groups';
	return types[type] ?? type;
}

/** Under which other settings a parameter is to be seen. */
function conditionOf(parameter: Parameter, siblings: readonly Parameter[]): string {
	const conditions = Object.entries(parameter.displayOptions?.show ?? {}).map(([name, values]) => {
		// A slash leads from a collection to the parameters of the operation.
		const other = siblings.find((sibling) => sibling.name === name.replace(/^\//, ''));
		const choices = other ? choicesOf(other) : [];
		const wanted = (values ?? []).map((value) => {
			if (typeof value === 'boolean') return value ? 'on' : 'off';
			return choices.find((choice) => choice.value === value)?.name ?? String(value);
		});
		return `${prose(other?.displayName ?? name)} is ${prose(wanted.join(' or '))}`;
	});
	return conditions.length > 0 ? `Only when ${conditions.join(' and ')}.` : '';
}

function innerOf(parameter: Parameter, siblings: readonly Parameter[], depth: string): string[] {
	const { options = [], type } = parameter;
	const shown = type === 'collection' ? byLabel(options as readonly Parameter[]) : options;
	return shown.flatMap((option): string[] => {
		if ('values' in option) return linesOfAll(option.values as readonly Parameter[], depth);
		return 'displayName' in option ? linesOf(option as Parameter, siblings, depth) : [];
	});
}

function choiceLines(parameter: Parameter, depth: string): string[] {
	const choices = choicesOf(parameter);
	const explained = choices.some(({ description }) => description);
	return explained
		? choices.map(
				({ name, description = '' }) =>
					`${depth}- ${prose(name)}${description ? `: ${prose(sentence(description))}` : ''}`,
			)
		: [];
}

/** A parameter as an entry of a list, with what is inside it as a list below. */
function linesOf(parameter: Parameter, siblings: readonly Parameter[], depth = ''): string[] {
	const { description = '', displayName, hint = '', name, required } = parameter;
	const choices = choicesOf(parameter);
	const below = choiceLines(parameter, `${depth}  `);
	const preset = shownDefault(parameter);
	const facts = [
		kindOf(parameter),
		required ? 'required' : '',
		preset && `default ${preset}`,
	].filter(Boolean);
	const texts = [
		conditionOf(parameter, siblings),
		isBoilerplate(description) ? '' : sentence(prose(description || hint)),
		choices.length > 0 && below.length === 0
			? `Choices: ${choices.map((choice) => prose(choice.name)).join(', ')}.`
			: '',
	].filter(Boolean);
	return [
		`${depth}- **${prose(displayName)}** \`${name}\` (${facts.join('; ')})${texts.length > 0 ? `: ${texts.join(' ')}` : ''}`,
		...below,
		...innerOf(parameter, siblings, `${depth}  `),
	];
}

const linesOfAll = (parameters: readonly Parameter[], depth: string): string[] =>
	parameters
		.filter(({ type }) => type !== 'notice' && type !== 'callout')
		.flatMap((parameter) => linesOf(parameter, parameters, depth));

/** The name that GitHub gives to a heading. */
export const anchor = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s-]/gu, '')
		.trim()
		.replace(/\s/g, '-');

const titleOf = (resource: Resource, operation: Operation) => `${resource.name}: ${operation.name}`;

/** In the words that the node itself uses on an older server. */
function neededVersion(Server: Server, capability: Capability): string {
	try {
		new Server('0.0.0', 1).require(capability);
	} catch (thrown) {
		return /Paperless-ngx [\d.]+ or later/.exec(String(thrown))?.[0] ?? '';
	}
	return '';
}

const accessText = ({ access }: Operation): string => {
	if (typeof access === 'function') return 'Reads or **writes**, depending on the fields';
	return access === 'write' ? '**Writes**' : 'Reads';
};

function factsOf(operation: Operation, Server: Server): string {
	return [
		accessText(operation),
		'executeAll' in operation ? 'all items together' : 'item by item',
		operation.needs ? `needs ${neededVersion(Server, operation.needs)}` : '',
	]
		.filter(Boolean)
		.join(' · ');
}

const triggerTitle = 'Paperless-ngx Trigger';
const webhookTriggerTitle = 'Paperless-ngx Webhook Trigger';

const introduction = `# Operations

Everything that the node **Paperless-ngx** can do and, at the end, the settings of the [trigger](#${anchor(triggerTitle)}) and the [webhook trigger](#${anchor(webhookTriggerTitle)}); made from their own descriptions by \`npm run docs\`, so do not edit it by hand.

- **Writes** says that the operation changes the archive: a credential that is set to _Read Only_ refuses it.
- _Item by item_ operations send at least one request for every input item. Those that take _all items together_ send one request for all that ask for the same.
- Fields \`… Names or IDs\` take names and IDs, mixed: from the list, or by an expression as an array or separated by commas.
- The word in \`code\` behind a field is its name in a workflow’s JSON.

The resources and their operations:`;

/** The reference of all operations and of the triggers as Markdown, the same for the same descriptions. */
export function operationsReference(
	resources: readonly Resource[],
	trigger: readonly Parameter[],
	webhookTrigger: readonly Parameter[],
	Server: Server,
): string {
	const written = new Map<string, string>();
	const parametersOf = (title: string, parameters: readonly Parameter[]): string[] =>
		parameters.flatMap((parameter) => {
			if (parameter.type === 'notice' || parameter.type === 'callout') return [];
			const [first = '', ...below] = linesOf(parameter, parameters);
			const key = JSON.stringify(below);
			const before = written.get(key);
			if (below.length < linesToRepeat) return [first, ...below];
			if (before === undefined) written.set(key, title);
			return before === undefined
				? [first, ...below]
				: [`${first}${first.endsWith('.') ? '' : ':'} As in [${before}](#${anchor(before)}).`];
		});

	const sorted = byName(resources);
	const contents = sorted.map(
		(resource) =>
			`- [${resource.name}](#${anchor(resource.name)}): ${byName(resource.operations)
				.map((operation) => `[${operation.name}](#${anchor(titleOf(resource, operation))})`)
				.join(', ')}`,
	);
	const chapters = sorted.map((resource) =>
		[
			`## ${resource.name}`,
			...byName(resource.operations).map((operation) => {
				const title = titleOf(resource, operation);
				const lines = parametersOf(title, operation.parameters);
				return [
					`### ${title}`,
					sentence(prose(operation.description)),
					factsOf(operation, Server),
					...(lines.length > 0 ? [lines.join('\n')] : []),
				].join('\n\n');
			}),
		].join('\n\n'),
	);
	const triggerChapter = [
		`## ${triggerTitle}`,
		'Starts a workflow; [what you can rely on](triggers.md#polling-trigger) and [how it works](how-triggers-work.md). It only reads.',
		parametersOf(triggerTitle, trigger).join('\n'),
		`## ${webhookTriggerTitle}`,
		'Starts a workflow; [what you can rely on](triggers.md#webhook-trigger) and [how it works](how-triggers-work.md#the-webhook-trigger). It makes a workflow in Paperless-ngx.',
		parametersOf(webhookTriggerTitle, webhookTrigger).join('\n'),
	];
	return `${[introduction, contents.join('\n'), ...chapters, ...triggerChapter].join('\n\n')}\n`;
}
