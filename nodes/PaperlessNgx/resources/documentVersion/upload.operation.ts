import { PaperlessError } from '../../../api/errors';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { addVersion } from '../shared/addVersion';
import { documentTarget } from '../shared/documentTarget';
import { oneFileParameters } from '../shared/inputParameters';
import { writtenFile } from '../shared/writtenFile';
import { storedLabel } from './storedLabel';

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document version',
	description: 'Add a file as the newest version of a document',
	access: 'write',
	needs: 'documentVersions',
	parameters: [
		documentParameter,
		...oneFileParameters,
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
	target: documentTarget,
	async execute(context, { document, timeout, label: asked, ...values }, itemIndex) {
		const { input, inputDataFieldName, ...written } = values;
		const file =
			input === 'binary'
				? await context.files.read(itemIndex, inputDataFieldName)
				: writtenFile({ input, ...written });
		if (file.size === 0) {
			throw new PaperlessError('invalid', `The file “${file.fileName}” is empty`, {
				description: 'Check the node that outputs the file.',
			});
		}
		const label = storedLabel(asked);
		const id = await documentId(context.api, document);
		const { status, taskId, version } = await addVersion(context, id, { file, label, timeout });
		return [{ json: { status, document: id, version, label, task_id: taskId } }];
	},
});
