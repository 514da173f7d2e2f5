import { kinds } from '../api/kinds';
import type { WebPage } from '../api/webPages';
import { webPages } from '../api/webPages';
import type { Parameter } from './parameter';

/**
 * A field for several objects by name or id: from a list, or as an array or comma-separated text by
 * expression. A number is an id, and a text of digits is a name where an object has this name.
 */
export const namesOrIds = <const Name extends string>(
	displayName: `${string} Names or IDs`,
	name: Name,
	loadOptionsMethod: string,
) =>
	({
		displayName,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		allowArbitraryValues: true,
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	}) as const;

/** A field for one object from a list, by id, or by expression by name or id. */
export const nameOrId = <const Name extends string>(
	displayName: `${string} Name or ID`,
	name: Name,
	loadOptionsMethod: string,
) =>
	({
		displayName,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod },
		allowArbitraryValues: true,
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	}) as const;

/** The optional settings of an operation. */
export const optionsParameter = <const Options extends readonly Parameter[]>(options: Options) =>
	({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	}) as const;

/** What the panel says of a text that does not match. It looks at fixed values only. */
export const matches = (regex: string, errorMessage: string) =>
	({ type: 'regex', properties: { regex, errorMessage } }) as const;

export const wholeNumber = matches('\\s*\\d+\\s*', 'Enter a whole number');

/** A way to identify an object by a text that somebody types. */
export const typed = (
	way: { displayName: string; name: string },
	example: string,
	rule: ReturnType<typeof matches>,
) => ({ ...way, type: 'string', placeholder: `e.g. ${example}`, validation: [rule] }) as const;

/** The address of an object. The panel sees its form; whether the server is the right one shows at run time. */
export const byUrl = ({ of, pattern }: WebPage, noun: string) =>
	typed(
		{ displayName: 'By URL', name: 'url' },
		`https://paperless.example.com/${of(12)}`,
		matches(`.*/${pattern}.*`, `Enter the address of a ${noun}`),
	);

/** The lists whose objects have a page in the web interface. */
const pagesOfPickers = new Map<string, Exclude<keyof typeof webPages, 'document'>>([
	['searchCorrespondents', 'correspondent'],
	['searchDocumentTypes', 'documentType'],
	['searchSavedViews', 'savedView'],
	['searchStoragePaths', 'storagePath'],
	['searchTags', 'tag'],
]);

/** A field for one object: from a list that the server searches, by its name, id or address. */
export const oneOf = <const Name extends string>(
	displayName: string,
	name: Name,
	searchListMethod: string,
	example: string,
) => {
	const kind = pagesOfPickers.get(searchListMethod);
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			typed({ displayName: 'By Name', name: 'name' }, example, matches('.*\\S.*', 'Enter a name')),
			typed({ displayName: 'By ID', name: 'id' }, '12', wholeNumber),
			...(kind === undefined ? [] : [byUrl(webPages[kind], kinds[kind].noun)]),
		],
	} as const;
};

/** The methods of the node that create what was typed in a list, by the method that searches it. */
const creators = {
	searchCorrespondents: 'createCorrespondent',
	searchDocumentTypes: 'createDocumentType',
	searchTags: 'createTag',
} as const;

/** The same, where the list also creates what somebody types (docs/n8n.md#new-choices). */
export const oneOrNew = <const Name extends string>(
	displayName: string,
	name: Name,
	searchListMethod: keyof typeof creators,
	example: string,
) => {
	const field = oneOf(displayName, name, searchListMethod, example);
	const [list, ...others] = field.modes;
	const allowNewResource = {
		label: 'Create With the Typed Name',
		method: creators[searchListMethod],
		defaultName: '',
	};
	return {
		...field,
		modes: [{ ...list, typeOptions: { ...list.typeOptions, allowNewResource } }, ...others],
	} as const;
};

/** A switch inside a collection. It takes effect once it is added, so it is on by default. */
export const whether = <const Name extends string>(
	displayName: string,
	name: Name,
	statement: string,
) =>
	({
		displayName,
		name,
		type: 'boolean',
		default: true,
		description: `Whether ${statement}`,
	}) as const;

type Conditions = NonNullable<NonNullable<Parameter['displayOptions']>['show']>;

/** A warning that the panel shows while these settings are chosen. It has no value. */
export const notice = <const Name extends string>(
	name: Name,
	text: string,
	show: Conditions = {},
) =>
	({
		displayName: text,
		name,
		type: 'notice',
		displayOptions: { show },
		default: '',
	}) as const;
