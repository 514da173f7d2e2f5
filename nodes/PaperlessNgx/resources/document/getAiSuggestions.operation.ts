import { detailOperation } from './detailOperation';
import { namedSuggestions } from './namedSuggestions';
import { asSilentAi } from './silentAi';

const throwSilentAi = (thrown: unknown): never => {
	throw asSilentAi(thrown);
};

export const getAiSuggestions = detailOperation(
	{
		value: 'getAiSuggestions',
		name: 'Get AI Suggestions',
		action: 'Get AI suggestions for document',
		description:
			'Retrieve the suggestions of the server’s AI, including names that do not exist yet',
		needs: 'aiFeatures',
	},
	async (context, id) => {
		const suggestions = await context.api.documents.aiSuggestions(id).catch(throwSilentAi);
		return [await namedSuggestions(context, id, suggestions)];
	},
);
