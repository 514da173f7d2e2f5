import { detailOperation } from './detailOperation';
import { namedSuggestions } from './namedSuggestions';

export const getAiSuggestions = detailOperation(
	{
		value: 'getAiSuggestions',
		name: 'Get AI Suggestions',
		action: 'Get AI suggestions for document',
		description:
			'Retrieve the suggestions of the server’s AI, including names that do not exist yet',
		needs: 'aiFeatures',
	},
	async (context, id) => [
		await namedSuggestions(context, id, await context.api.documents.aiSuggestions(id)),
	],
);
