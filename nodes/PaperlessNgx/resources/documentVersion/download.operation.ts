import { isPaperlessError } from '../../../api/errors';
import { lostFile } from '../../../documents/lostFile';
import { defineOperation } from '../../../toolkit/operation';
import { downloadFile, downloadParameters } from '../shared/downloadFile';
import { chosenVersion, chosenVersionParameters } from './chosenVersion';

export const download = defineOperation({
	value: 'download',
	name: 'Download',
	action: 'Download document version',
	description: 'Retrieve the file of a version: archived, original, preview or thumbnail',
	access: 'read',
	needs: 'documentVersions',
	parameters: [...chosenVersionParameters, ...downloadParameters],
	async execute(context, values) {
		const { id, version } = await chosenVersion(context.api, values);
		const subject = { document: id, id: version.id };
		const downloaded = downloadFile(context, { id, version: version.id, subject }, values);
		return await downloaded.then(
			(output) => [output],
			(thrown: unknown) => {
				const isLost = isPaperlessError(thrown, 'notFound');
				throw isLost ? lostFile(values.rendition, `version ${version.id}`, 'version') : thrown;
			},
		);
	},
});
