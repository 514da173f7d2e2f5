import { isPaperlessError, PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import { downloadFile, downloadParameters } from '../shared/downloadFile';
import { chosenVersion, chosenVersionParameters } from './chosenVersion';

const lostFile = (version: number) =>
	new PaperlessError('notFound', `The server has no file of version ${version}`, {
		description: 'The version is listed, but its file is gone from the disk of the server.',
		status: 404,
		parameter: 'version',
	});

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
				throw isPaperlessError(thrown, 'notFound') ? lostFile(version.id) : thrown;
			},
		);
	},
});
