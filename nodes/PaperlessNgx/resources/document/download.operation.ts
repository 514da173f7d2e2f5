import { asError, isPaperlessError } from '../../../api/errors';
import { safeFileName } from '../../../api/safeFileName';
import { whyMissing } from '../../../documents/missingDocuments';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { renditionChoices } from '../../../documents/output/downloadChoices';
import { defineOperation } from '../../../toolkit/operation';
import { outputFieldParameter } from '../shared/outputFieldParameter';

export const download = defineOperation({
	value: 'download',
	name: 'Download',
	action: 'Download document',
	description: 'Retrieve the file of a document: archived, original, preview or thumbnail',
	access: 'read',
	parameters: [
		documentParameter,
		{
			displayName: 'File',
			name: 'rendition',
			type: 'options',
			options: renditionChoices,
			default: 'archived',
		},
		outputFieldParameter,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice.pdf',
					description: 'Name for the file instead of its name on the server',
				},
			],
		},
	],
	async execute({ api, files }, { document, rendition, outputDataFieldName, options }) {
		const id = await documentId(api, document);
		const file = await api.documents.download(id, rendition).catch(async (thrown: unknown) => {
			throw isPaperlessError(thrown, 'notFound') ? await whyMissing(api, id) : asError(thrown);
		});
		const fileName = safeFileName(options.fileName) ?? file.fileName;
		const stored = await files.store({ ...file, fileName });
		return [
			{
				json: { id, file_name: fileName, mime_type: file.mimeType, rendition },
				binary: { [outputDataFieldName]: stored },
			},
		];
	},
});
