import { defineOperation } from '../../../toolkit/operation';
import { documentId, documentParameter } from '../../../documents/locate';

export const test = defineOperation({
	value: 'test',
	name: 'Test',
	action: 'Test storage path',
	description: 'Show where a document would be filed by a path template',
	access: 'read',
	parameters: [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ created_year }}/{{ title }}',
			description: 'Template as it would stand in a storage path',
		},
		documentParameter,
	],
	async execute({ api }, { path, document }) {
		const id = await documentId(api, document);
		return [{ json: { path, document: id, result: await api.testStoragePath(path, id) } }];
	},
});
