import { safeFileName } from '../../../api/safeFileName';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { orMissing } from '../../../documents/documentsById';
import { orLostFile } from '../../../documents/orLostFile';
import { defineOperation } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { outputFieldParameter } from '../shared/outputFieldParameter';

const renditions = {
	archive: ['archived'],
	both: ['archived', 'original'],
	originals: ['original'],
} as const;

export const downloadMany = defineOperation({
	value: 'downloadMany',
	name: 'Download Many as ZIP',
	action: 'Download many documents as ZIP',
	description: 'Retrieve the files of several documents as one ZIP',
	access: 'read',
	parameters: [
		documentIdsParameter,
		outputFieldParameter,
		optionsParameter([
			{
				displayName: 'Compression',
				name: 'compression',
				type: 'options',
				options: [
					{ name: 'Deflated', value: 'deflated' },
					{ name: 'None', value: 'none' },
				],
				default: 'none',
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: 'documents.zip',
				placeholder: 'e.g. invoices.zip',
			},
			{
				displayName: 'Files',
				name: 'content',
				type: 'options',
				options: [
					{ name: 'Archived', value: 'archive' },
					{
						name: 'Both',
						value: 'both',
						description: 'In the folders “archive” and “originals”',
					},
					{ name: 'Originals', value: 'originals' },
				],
				default: 'archive',
			},
			{
				displayName: 'Follow Storage Paths',
				name: 'followFormatting',
				type: 'boolean',
				default: false,
				description: 'Whether to name the files by their storage paths, including folders',
			},
		]),
	],
	async execute({ api, files }, { documentIds, outputDataFieldName, options }) {
		const { compression = 'none', content = 'archive', followFormatting = false } = options;
		const fileName = safeFileName(options.fileName) ?? 'documents.zip';
		const ids = idsFrom(documentIds, 'Document IDs', 'documentIds');
		const zipOptions = { compression, content, follow_formatting: followFormatting };
		const wanted = ids.map((id) => ({ id }));
		const body = await orMissing(api, ids, 'documentIds', () =>
			orLostFile(api, wanted, renditions[content], () => api.documents.zip(ids, zipOptions)),
		);
		const stored = await files.store({ body, fileName, mimeType: 'application/zip' });
		return [
			{
				json: { documents: ids, file_name: fileName, mime_type: 'application/zip' },
				binary: { [outputDataFieldName]: stored },
			},
		];
	},
});
