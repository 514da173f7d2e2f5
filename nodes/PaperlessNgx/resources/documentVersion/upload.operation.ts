import { PaperlessError } from '../../../api/errors';
import type { DocumentVersion } from '../../../api/versions';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { inputParameter, shownForBinary, writtenFileParameters } from '../shared/inputParameters';
import { writtenFile } from '../shared/writtenFile';
import { storedLabel } from './storedLabel';

/** The version that the task made, if it is there and has its label. */
function requireVersion(
	document: number,
	versions: readonly DocumentVersion[],
	id: number | null,
	label: string | null,
): DocumentVersion {
	const version = versions.find((one) => one.id === id);
	if (version === undefined) {
		throw new PaperlessError('unavailable', `Document ${document} has no version ${id}`, {
			description: `The server reported success. The versions of the document: ${versions.map((one) => one.id).join(', ')}.`,
		});
	}
	if ((version.version_label || null) === label) return version;
	throw new PaperlessError('unavailable', `Version ${version.id} does not have its label`, {
		description: `The server added the file, but the label is ${version.version_label ? `“${version.version_label}”` : 'empty'}.`,
		parameter: 'label',
	});
}

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document version',
	description: 'Add a file as the newest version of a document',
	access: 'write',
	needs: 'documentVersions',
	parameters: [
		documentParameter,
		inputParameter,
		{
			displayName: 'Input Data Field Name',
			name: 'inputDataFieldName',
			type: 'string',
			required: true,
			displayOptions: shownForBinary,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the field that holds the file',
		},
		...writtenFileParameters,
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
	async execute({ api, files, now }, { document, timeout, label: asked, ...values }, itemIndex) {
		const { input, inputDataFieldName, ...written } = values;
		const file =
			input === 'binary'
				? await files.read(itemIndex, inputDataFieldName)
				: writtenFile({ input, ...written });
		if (file.size === 0) {
			throw new PaperlessError('invalid', `The file “${file.fileName}” is empty`, {
				description: 'Check the node that outputs the file.',
			});
		}
		const label = storedLabel(asked);
		const id = await documentId(api, document);
		await api.versions.list(id);
		const taskId = await api.versions.upload(id, { ...file, field: 'document' }, label ?? '');
		const outcomes = await api.tasks.awaitAll([taskId], { timeout: timeout * 1000, now });
		const outcome = outcomes.get(taskId) ?? { status: 'pending' };
		if (outcome.status === 'failed' || outcome.status === 'duplicate') {
			throw new PaperlessError('invalid', `Paperless-ngx could not consume “${file.fileName}”`, {
				description: outcome.reason,
			});
		}
		const json = { status: outcome.status, document: id, version: null, label, task_id: taskId };
		if (outcome.status !== 'created') return [{ json }];
		const versions = await api.versions.list(id);
		const version = requireVersion(id, versions, outcome.documentId, label);
		return [{ json: { ...json, version: version.id } }];
	},
});
