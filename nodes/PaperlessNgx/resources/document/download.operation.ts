import { asError, isPaperlessError, orNothing } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { lostFile } from '../../../documents/lostFile';
import { whyMissing } from '../../../documents/missingDocuments';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { downloadFile, downloadParameters } from '../shared/downloadFile';

/** Whether the document is there, and only its file is not. */
const isListed = async (api: PaperlessClient, id: number): Promise<boolean> =>
	(await api.documents.get(id, { fields: 'id' }).catch(orNothing)) !== undefined;

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
				if (!isPaperlessError(thrown, 'notFound')) throw asError(thrown);
				throw (await isListed(context.api, id))
					? lostFile(values.rendition, `document ${id}`)
					: await whyMissing(context.api, id);
			},
		);
	},
});
