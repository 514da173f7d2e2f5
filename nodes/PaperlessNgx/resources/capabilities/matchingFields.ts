import type { ObjectDraft } from '../../../api/bulkEditObjects';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';
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
	oneOf('Owner', 'owner', 'searchUsers', 'clara'),
] as const satisfies readonly Parameter[];

export async function matchingFrom(
	{ names }: Context,
	values: Partial<ValuesOf<typeof matchingParameters>>,
): Promise<ObjectDraft> {
	const { isInsensitive, match, matchingAlgorithm, owner } = values;
	return {
		...(isInsensitive !== undefined && { is_insensitive: isInsensitive }),
		...(match !== undefined && { match }),
		...(matchingAlgorithm !== undefined && { matching_algorithm: matchingAlgorithm }),
		...(owner && { owner: await names.id('user', toReference(owner, 'Owner'), 'owner') }),
	};
}

/** The rule by which Paperless-ngx assigns an object to new documents, and the owner. */
export const matchingFields = defineFields(matchingParameters, matchingFrom);
