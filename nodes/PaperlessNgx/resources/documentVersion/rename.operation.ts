import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { pickVersion, versionParameter } from './pickVersion';
import { requireShortLabel } from './requireShortLabel';

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
			description: 'At most 64 characters; leave empty to remove the label',
		},
	],
	async execute({ api }, { document, version: idOrLabel, label }) {
		requireShortLabel(label);
		const id = await documentId(api, document);
		const version = pickVersion(id, await api.versions.list(id), idOrLabel);
		const renamed = await api.versions.rename(id, version.id, label === '' ? null : label);
		return [{ json: { document: id, ...renamed } }];
	},
});
