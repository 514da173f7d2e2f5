import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';

export const test = defineOperation({
	value: 'test',
	name: 'Test',
	action: 'Test storage path',
	description: 'Show where Paperless-ngx would file a document by a path template',
	access: 'read',
	parameters: [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ created_year }}/{{ title }}',
			description: 'Template as in a storage path',
		},
		documentParameter,
	],
	async execute({ api }, { path, document }) {
		const id = await documentId(api, document);
		return [{ json: { path, document: id, result: await api.testStoragePath(path, id) } }];
	},
});
