import { PaperlessError } from '../../../api/errors';
import type { DocumentVersion } from '../../../api/versions';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';
import { documentId, documentParameter } from '../../../documents/locate';

const versionParameter = {
	displayName: 'Version',
	name: 'version',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 57 or Signed',
	description: 'ID or label of the version',
} as const satisfies Parameter;

async function find({ api }: Context, document: number, wanted: string): Promise<DocumentVersion> {
	const text = wanted.trim();
	const versions = await api.versions.list(document);
	const found = versions.filter(
		({ id, version_label }) => String(id) === text || version_label === text,
	);
	const [match] = found;
	if (match && found.length === 1) return match;
	const present = versions.map(({ id, version_label }) =>
		version_label ? `${id} (“${version_label}”)` : String(id),
	);
	throw new PaperlessError(
		'unresolved',
		match
			? `Several versions are called “${text}”`
			: `Document ${document} has no version “${text}”`,
		{
			description: `Its versions: ${present.join(', ')}.`,
			parameter: 'version',
		},
	);
}

function requireShort(label: string): void {
	if (label.length <= 64) return;
	throw new PaperlessError('invalid', `The label has ${label.length} characters`, {
		description: 'Paperless-ngx takes 64 at most.',
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
			description: 'Seconds to wait; what is not done by then comes back with the status “pending”',
		},
	],
	async execute({ api, files, now }, { document, inputDataFieldName, label, timeout }, itemIndex) {
		const file = await files.read(itemIndex, inputDataFieldName);
		if (file.size === 0) {
			throw new PaperlessError('invalid', `The file “${file.fileName}” is empty`, {
				description: 'Check the node that yields it.',
			});
		}
		requireShort(label);
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

export const rename = defineOperation({
	value: 'rename',
	name: 'Rename',
	action: 'Rename document version',
	description: 'Change the label of a version, or take it away',
	access: 'write',
	needs: 'documentVersions',
	parameters: [
		documentParameter,
		versionParameter,
		{
			displayName: 'New Label',
			name: 'label',
			type: 'string',
			default: '',
			description: 'At most 64 characters; empty for none',
		},
	],
	async execute(context, { document, version, label }) {
		requireShort(label);
		const id = await documentId(context.api, document);
		const { id: versionId } = await find(context, id, version);
		const renamed = await context.api.versions.rename(id, versionId, label === '' ? null : label);
		return [{ json: { document: id, ...renamed } }];
	},
});

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete document version',
	description: 'Move a version to the trash; the original stays as long as its document',
	access: 'write',
	needs: 'documentVersions',
	parameters: [documentParameter, versionParameter],
	async execute(context, { document, version }) {
		const id = await documentId(context.api, document);
		const { id: versionId, is_root } = await find(context, id, version);
		if (is_root) {
			throw new PaperlessError('invalid', 'The original of a document cannot be deleted alone', {
				description: 'Delete the document instead.',
				parameter: 'version',
			});
		}
		await context.api.versions.delete(id, versionId);
		return [{ json: { deleted: true, document: id, version: versionId } }];
	},
});
