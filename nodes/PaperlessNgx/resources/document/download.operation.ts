import { defineOperation } from '../../../toolkit/operation';
import { outputFieldParameter } from '../shared/outputFieldParameter';
import { documentId, documentParameter, missingDocument } from '../../../documents/locate';
import { PaperlessError } from '../../../api/errors';

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
			options: [
				{
					name: 'Archived',
					value: 'archived',
					description: 'The PDF made by Paperless-ngx, or the original where there is none',
				},
				{ name: 'Original', value: 'original', description: 'The file as it was uploaded' },
				{
					name: 'Preview',
					value: 'preview',
					description: 'The file as the web interface shows it',
				},
				{
					name: 'Thumbnail',
					value: 'thumbnail',
					description: 'A picture of the first page (WebP)',
				},
			],
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
					description: 'Name for the file instead of the one that the server gives it',
				},
			],
		},
	],
	async execute({ api, files }, { document, rendition, outputDataFieldName, options }) {
		const id = await documentId(api, document);
		const file = await api.documents.download(id, rendition).catch((error: Error) => {
			throw error instanceof PaperlessError && error.kind === 'notFound'
				? missingDocument(id)
				: error;
		});
		const fileName = options.fileName || file.fileName;
		const stored = await files.store({ ...file, fileName });
		return [
			{
				json: { id, file_name: fileName, mime_type: file.mimeType, rendition },
				binary: { [outputDataFieldName]: stored },
			},
		];
	},
});
