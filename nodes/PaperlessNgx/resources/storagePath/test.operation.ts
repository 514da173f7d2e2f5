import { documentId, documentParameter } from '../../../documents/documentParameter';
import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';

const refuse = (message: string, description: string): PaperlessError =>
	new PaperlessError('invalid', message, { description, parameter: 'path' });

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
		if (path.trim() === '') throw refuse('“Path” is empty', 'Enter a template.');
		const id = await documentId(api, document);
		const result = await api.testStoragePath(path, id);
		// The server answers with nothing where it cannot fill in a template
		// (docs/paperless-api.md#broken-path-templates).
		if (result === null) {
			throw refuse(
				'Paperless-ngx cannot fill in this template',
				'The template is not valid, or it names something that does not exist.',
			);
		}
		return [{ json: { path, document: id, result } }];
	},
});
