import { PaperlessError } from '../../../api/errors';
import type { Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

const withoutContent = (documents: unknown): Json[] =>
	(Array.isArray(documents) ? (documents as Json[]) : []).map((document) =>
		Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'content')),
	);

export const globalSearch = defineOperation({
	value: 'global',
	name: 'Global Search',
	action: 'Search everywhere',
	description:
		'Find documents, tags, correspondents, views, users and more by a word; at most three of each kind',
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
			description: 'Whether to search only titles and names, not the text of documents',
		},
	],
	async execute({ api }, { searchText, namesOnly }) {
		const text = searchText.trim();
		if (text.length < 3) {
			throw new PaperlessError('invalid', '“Search Text” is too short', {
				description: 'Enter at least three characters.',
				parameter: 'searchText',
			});
		}
		const { documents, ...found } = await api.search.everywhere(text, namesOnly);
		return [{ json: { ...found, documents: withoutContent(documents) } }];
	},
});
