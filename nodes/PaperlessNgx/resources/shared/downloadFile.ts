import { PaperlessError } from '../../../api/errors';
import { safeFileName } from '../../../api/safeFileName';
import { renditionChoices } from '../../../documents/output/downloadChoices';
import type { Context, Json, Output } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { outputFieldParameter } from './outputFieldParameter';

export const downloadParameters = [
	{
		displayName: 'File',
		name: 'rendition',
		type: 'options',
		options: renditionChoices,
		default: 'archived',
	},
	outputFieldParameter,
	optionsParameter([
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice.pdf',
			description: 'Name for the file instead of its name on the server',
		},
		{
			displayName: 'Use Storage Path Name',
			name: 'useStoragePathName',
			type: 'boolean',
			default: false,
			description:
				'Whether to name the file as on the disk of the server, by its storage path and without folders, instead of by date, correspondent and title; needs Paperless-ngx 3.0 or later',
		},
	]),
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof downloadParameters>;

/** Whether the server names the file by its storage path; rejects what would have no effect. */
async function followsFormatting({ api }: Context, { rendition, options }: Values) {
	if (options.useStoragePathName !== true) return false;
	const reason =
		rendition === 'preview' || rendition === 'thumbnail'
			? 'Only the archived and the original file are stored under such a name.'
			: options.fileName
				? '“File Name” names the file already; remove one of the two.'
				: undefined;
	if (reason !== undefined) {
		throw new PaperlessError('invalid', '“Use Storage Path Name” has no effect here', {
			description: reason,
			parameter: 'options',
		});
	}
	await api.require('storagePathNames');
	return true;
}

/** The file of a document, or of one of its versions, as an item with more about it in `subject`. */
export async function downloadFile(
	context: Context,
	{ id, version, subject }: { id: number; version?: number; subject: Json },
	values: Values,
): Promise<Output> {
	const { rendition, outputDataFieldName, options } = values;
	const follows = await followsFormatting(context, values);
	const file = await context.api.documents.download(id, rendition, {
		...(version !== undefined && { version: String(version) }),
		...(follows && { follow_formatting: 'true' }),
	});
	const fileName = safeFileName(options.fileName) ?? file.fileName;
	const stored = await context.files.store({ ...file, fileName });
	return {
		json: { ...subject, file_name: fileName, mime_type: file.mimeType, rendition },
		binary: { [outputDataFieldName]: stored },
	};
}
