import { defineFields } from '../capabilities/editable';
import { matching } from '../capabilities/matching';

/** The server stores `{title}`, the form of older versions, as `{{ title }}`. */
const inNewStyle = (path: unknown): string =>
	String(path)
		.trim()
		.replace(/(?<!\{)\{(\w+)\}(?!\})/g, '{{ $1 }}');

export const storagePaths = matching({
	kind: 'storagePath',
	type: 'storage_paths',
	noun: 'storage path',
	plural: 'storage paths',
	picker: 'searchStoragePaths',
	example: 'By year',
	collection: (api) => api.storagePaths,
	sameness: { path: (asked, stored) => inNewStyle(asked) === inNewStyle(stored) },
	mainFields: defineFields(
		[
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. {{ created_year }}/{{ title }}',
				description: 'Template for the folder and the name of the files',
			},
		],
		(_context, { path = '' }) => (path.trim() === '' ? {} : { path }),
	),
});
