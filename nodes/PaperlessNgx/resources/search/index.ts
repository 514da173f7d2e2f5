import { PaperlessError } from '../../../api/errors';
import type { Json, Resource } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

const globalSearch = defineOperation({
	value: 'global',
	name: 'Global Search',
	action: 'Search everywhere',
	description:
		'Find documents, tags, correspondents, views, users and so on by a word; at most three of each kind',
	access: 'read',
	parameters: [
		{
			displayName: 'Search Text',
			name: 'searchText',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. invoice',
			description: 'At least three characters',
		},
		{
			displayName: 'Names Only',
			name: 'namesOnly',
			type: 'boolean',
			default: false,
			description: 'Whether to look at titles and names only, not at the text of documents',
		},
	],
	async execute({ api }, { searchText, namesOnly }) {
		const text = searchText.trim();
		if (text.length < 3) {
			throw new PaperlessError('invalid', '“Search Text” is too short', {
				description: 'Paperless-ngx wants at least three characters here.',
				parameter: 'searchText',
			});
		}
		const { documents, ...found } = await api.search.everywhere(text, namesOnly);
		return [{ json: { ...found, documents: withoutContent(documents) } }];
	},
});

const withoutContent = (documents: unknown): Json[] =>
	(Array.isArray(documents) ? (documents as Json[]) : []).map((document) =>
		Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'content')),
	);

const autocomplete = defineOperation({
	value: 'autocomplete',
	name: 'Autocomplete',
	action: 'Complete search word',
	description: 'Complete the beginning of a word to words that occur in documents',
	access: 'read',
	parameters: [
		{
			displayName: 'Beginning',
			name: 'term',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. inv',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 50,
			description: 'Max number of results to return',
		},
	],
	async execute({ api }, { term, limit }) {
		const words = await api.search.autocomplete(term.trim(), limit);
		return [{ json: { term, words } }];
	},
});

export const search: Resource = {
	value: 'search',
	name: 'Search',
	operations: [autocomplete, globalSearch],
};
