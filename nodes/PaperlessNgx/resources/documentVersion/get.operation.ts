import { firstCharacters } from '../../../api/firstCharacters';
import { contentParameters } from '../../../documents/output/outputParameters';
import { defineOperation } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { chosenVersion, chosenVersionParameters } from './chosenVersion';
import { presentVersion } from './presentVersion';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get document version',
	description: 'Retrieve a version of a document, with its text if asked for',
	access: 'read',
	needs: 'documentVersions',
	parameters: [...chosenVersionParameters, optionsParameter(contentParameters)],
	async execute({ api }, { options, ...values }) {
		const { includeContent = false, contentMaxLength } = options;
		const { id, version, isNewest } = await chosenVersion(api, values);
		const json = presentVersion(id, version, isNewest);
		if (!includeContent) return [{ json }];
		const query = { fields: 'id,content', version: String(version.id) };
		const { content = '' } = await api.documents.get(id, query);
		return [
			{ json: { ...json, content: firstCharacters(content, contentMaxLength ?? content.length) } },
		];
	},
});
