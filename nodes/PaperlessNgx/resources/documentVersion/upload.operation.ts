import { PaperlessError } from '../../../api/errors';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { requireShortLabel } from './requireShortLabel';

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document version',
	description: 'Add a file as the newest version of a document',
	access: 'write',
	needs: 'documentVersions',
	parameters: [
		documentParameter,
		{
			displayName: 'Input Data Field Name',
			name: 'inputDataFieldName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the field that holds the file',
		},
		{
			displayName: 'Label',
			name: 'label',
			type: 'string',
			default: '',
			placeholder: 'e.g. Signed',
			description: 'At most 64 characters',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 600,
			description: 'Seconds to wait; unfinished uploads are returned with the status “pending”',
		},
	],
	async execute({ api, files, now }, { document, inputDataFieldName, label, timeout }, itemIndex) {
		const file = await files.read(itemIndex, inputDataFieldName);
		if (file.size === 0) {
			throw new PaperlessError('invalid', `The file “${file.fileName}” is empty`, {
				description: 'Check the node that outputs the file.',
			});
		}
		requireShortLabel(label);
		const id = await documentId(api, document);
		const taskId = await api.versions.upload(id, { ...file, field: 'document' }, label);
		const outcomes = await api.tasks.awaitAll([taskId], { timeout: timeout * 1000, now });
		const outcome = outcomes.get(taskId) ?? { status: 'pending' };
		if (outcome.status === 'failed' || outcome.status === 'duplicate') {
			throw new PaperlessError('invalid', `Paperless-ngx could not consume “${file.fileName}”`, {
				description: outcome.reason,
			});
		}
		const version = outcome.status === 'created' ? outcome.documentId : null;
		return [{ json: { status: outcome.status, document: id, version, label, task_id: taskId } }];
	},
});
