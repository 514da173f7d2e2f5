import type { ObjectDraft } from '../../../api/bulkEditObjects';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { clearableOwner, ownerField, ownerIn } from '../shared/ownerField';
import { clearedFrom, clearParameter } from './clearParameter';
import { defineFields } from './editable';

export const matchingParameters = [
	{
		displayName: 'Case Insensitive',
		name: 'isInsensitive',
		type: 'boolean',
		default: true,
		description: 'Whether matching ignores upper and lower case',
	},
	{
		displayName: 'Match',
		name: 'match',
		type: 'string',
		default: '',
		placeholder: 'e.g. water works',
		description: 'Text that the matching algorithm looks for in new documents',
	},
	{
		displayName: 'Matching Algorithm',
		name: 'matchingAlgorithm',
		type: 'options',
		options: [
			{ name: 'All Words', value: 2, description: 'The document contains all of these words' },
			{ name: 'Any Word', value: 1, description: 'The document contains any of these words' },
			{
				name: 'Automatic',
				value: 6,
				description: 'Paperless-ngx learns it from the documents that have it',
			},
			{ name: 'Exact', value: 3, description: 'The document contains this text' },
			{ name: 'Fuzzy', value: 5, description: 'The document contains a similar text' },
			{ name: 'None', value: 0, description: 'Paperless-ngx never assigns it to a document' },
			{ name: 'Regular Expression', value: 4, description: 'The document matches this expression' },
		],
		default: 0,
		description: 'How Paperless-ngx decides whether to assign it to a new document',
	},
	ownerField,
] as const satisfies readonly Parameter[];

const clearable = {
	match: { label: 'Match', empty: '' },
	...clearableOwner,
} as const;

const clearableParent = { parent: { label: 'Parent', empty: null } } as const;

type Cleared = keyof typeof clearable | keyof typeof clearableParent;

type MatchingValues = Partial<ValuesOf<typeof matchingParameters>> & { clear?: readonly Cleared[] };

/** The fields that are set. An empty text or locator leaves its field unchanged. */
export async function matchingFrom(
	context: Context,
	values: MatchingValues,
	more: ObjectDraft = {},
): Promise<ObjectDraft> {
	const { clear = [], isInsensitive, match = '', matchingAlgorithm } = values;
	const set: ObjectDraft = {
		...(isInsensitive !== undefined && { is_insensitive: isInsensitive }),
		...(match.trim() !== '' && { match }),
		...(matchingAlgorithm !== undefined && { matching_algorithm: matchingAlgorithm }),
		...(await ownerIn(context, values)),
		...more,
	};
	return { ...set, ...clearedFrom({ ...clearable, ...clearableParent }, clear, set) };
}

/** The rule by which Paperless-ngx assigns an object to new documents, and the owner. */
export const matchingFields = defineFields(
	[...matchingParameters, clearParameter(clearable)],
	(context, values) => matchingFrom(context, values),
);

export const tagClearParameter = clearParameter({ ...clearable, ...clearableParent });
