import { defineOperation } from '../../../toolkit/operation';
import { chosenVersion, chosenVersionParameters } from './chosenVersion';

export const getMetadata = defineOperation({
	value: 'getMetadata',
	name: 'Get Metadata',
	action: 'Get metadata of document version',
	description: 'Retrieve checksums, sizes, types and embedded metadata of the files of a version',
	access: 'read',
	needs: 'documentVersions',
	parameters: chosenVersionParameters,
	async execute({ api }, values) {
		const { id, version } = await chosenVersion(api, values);
		const metadata = await api.documents.metadata(id, version.id);
		return [{ json: { document: id, id: version.id, ...metadata } }];
	},
});
