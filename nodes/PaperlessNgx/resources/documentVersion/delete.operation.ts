import { PaperlessError } from '../../../api/errors';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { pickVersion, versionParameter } from './pickVersion';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete document version',
	description: 'Move a version to the trash; the original is only deleted with its document',
	access: 'write',
	needs: 'documentVersions',
	parameters: [documentParameter, versionParameter],
	async execute({ api }, { document, version: idOrLabel }) {
		const id = await documentId(api, document);
		const version = pickVersion(id, await api.versions.list(id), idOrLabel);
		if (version.is_root) {
			throw new PaperlessError('invalid', 'The original of a document cannot be deleted alone', {
				description: 'Delete the document instead.',
				parameter: 'version',
			});
		}
		await api.versions.delete(id, version.id);
		return [{ json: { deleted: true, document: id, version: version.id } }];
	},
});
