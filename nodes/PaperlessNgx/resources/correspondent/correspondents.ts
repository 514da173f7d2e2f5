import { matching } from '../capabilities/matching';

export const correspondents = matching({
	kind: 'correspondent',
	type: 'correspondents',
	noun: 'correspondent',
	plural: 'correspondents',
	picker: 'searchCorrespondents',
	example: 'Water Works',
	collection: (api) => api.correspondents,
	filters: [
		{
			parameter: {
				displayName: 'Include Last Correspondence',
				name: 'lastCorrespondence',
				type: 'boolean',
				default: true,
				description: 'Whether to include the date of the latest document of each correspondent',
			},
			// The presence of this flag counts: the server would take “false” for true
			// (docs/paperless-api.md#presence-flags).
			query: (value) => (value === true ? { last_correspondence: 'true' } : {}),
		},
	],
});
