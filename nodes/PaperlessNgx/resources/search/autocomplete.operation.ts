import { defineOperation } from '../../../toolkit/operation';

export const autocomplete = defineOperation({
	value: 'autocomplete',
	name: 'Autocomplete',
	action: 'Complete search word',
	description: 'List words in documents that begin with the given letters',
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
