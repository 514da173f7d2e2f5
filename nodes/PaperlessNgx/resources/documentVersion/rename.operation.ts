import { PaperlessError } from '../../../api/errors';
import type { DocumentVersion } from '../../../api/versions';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { pickVersion, versionParameter } from './pickVersion';
import { storedLabel } from './storedLabel';

const labelOf = ({ version_label: label }: DocumentVersion) => label || null;

function requireLabel(version: DocumentVersion, wanted: string | null): void {
	if (labelOf(version) === wanted) return;
	const label = labelOf(version);
	throw new PaperlessError('unavailable', `Version ${version.id} was not renamed`, {
		description: `The server reported success, yet the label is ${label === null ? 'empty' : `“${label}”`}.`,
		parameter: 'label',
	});
}

export const rename = defineOperation({
	value: 'rename',
	name: 'Rename',
	action: 'Rename document version',
	description: 'Change or remove the label of a version',
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
			emptyByHand: true,
			placeholder: 'e.g. Signed',
			description: 'At most 64 characters; leave empty to remove the label',
		},
	],
	target: documentTarget,
	async execute({ api }, { document, version: idOrLabel, label: text }) {
		const to = storedLabel(text);
		const id = await documentId(api, document);
		const version = pickVersion(id, await api.versions.list(id), idOrLabel);
		const from = labelOf(version);
		if (from === to) return [{ json: { document: id, ...version, updated: false, changes: {} } }];
		const renamed = await api.versions.rename(id, version.id, to);
		requireLabel(renamed, to);
		const changes = { version_label: { from, to } };
		return [{ json: { document: id, ...renamed, updated: true, changes } }];
	},
});
