import { asError, isPaperlessError } from '../../../api/errors';
import { whyMissing } from '../../../documents/missingDocuments';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { downloadFile, downloadParameters } from '../shared/downloadFile';

export const download = defineOperation({
	value: 'download',
	name: 'Download',
	action: 'Download document',
	description: 'Retrieve the file of a document: archived, original, preview or thumbnail',
	access: 'read',
	parameters: [documentParameter, ...downloadParameters],
	async execute(context, { document, ...values }) {
		const id = await documentId(context.api, document);
		const downloaded = downloadFile(context, { id, subject: { id } }, values);
		return await downloaded.then(
			(output) => [output],
			async (thrown: unknown) => {
				const isMissing = isPaperlessError(thrown, 'notFound');
				throw isMissing ? await whyMissing(context.api, id) : asError(thrown);
			},
		);
	},
});
