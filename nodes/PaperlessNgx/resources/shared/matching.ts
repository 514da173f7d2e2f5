import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Context } from '../../../toolkit/operation';
import type { ObjectDraft } from '../../../api/bulkEditObjects';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';

/** What tags, correspondents, document types and storage paths have in common beside their name. */
export const matchingParameters = [
	{
		displayName: 'Case Insensitive',
		name: 'isInsensitive',
		type: 'boolean',
		default: true,
		description: 'Whether upper and lower case do not matter for matching',
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
			{ name: 'Automatic', value: 6, description: 'Learned from the documents that have it' },
			{ name: 'Exact', value: 3, description: 'The document contains this text' },
			{ name: 'Fuzzy', value: 5, description: 'The document contains a word similar to this one' },
			{ name: 'None', value: 0, description: 'Never assigned to new documents' },
			{ name: 'Regular Expression', value: 4, description: 'The document matches this expression' },
		],
		default: 0,
		description: 'How Paperless-ngx decides whether a new document gets it',
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
