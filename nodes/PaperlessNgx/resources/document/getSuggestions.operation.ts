import { detailOperation } from './detailOperation';
import { namedSuggestions } from './namedSuggestions';

export const getSuggestions = detailOperation(
	{
		value: 'getSuggestions',
		name: 'Get Suggestions',
		action: 'Get suggestions for document',
		description: 'Retrieve the suggestions of the server’s classifier, with names and IDs',
	},
	async (context, id) => [
		await namedSuggestions(context, id, await context.api.documents.suggestions(id)),
	],
);
