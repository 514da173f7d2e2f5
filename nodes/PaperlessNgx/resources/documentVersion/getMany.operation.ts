import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { presentVersion } from './presentVersion';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many document versions',
	description: 'Retrieve the versions of a document, newest first; the last is the original',
	access: 'read',
	needs: 'documentVersions',
	parameters: [documentParameter],
	async execute({ api }, { document }) {
		const id = await documentId(api, document);
		const versions = await api.versions.list(id);
		return versions.map((version, at) => ({ json: presentVersion(id, version, at === 0) }));
	},
});
