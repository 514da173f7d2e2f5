import { asError, isPaperlessError, orNothing } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { lostFile } from '../../../documents/lostFile';
import { whyMissing } from '../../../documents/missingDocuments';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import type { Presentation } from '../../../documents/output/presentation';
import { simplified } from '../../../documents/output/presentation';
import { presentById } from '../../../documents/output/presentById';
import type { Context, Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';
import { downloadFile, downloadParameters } from '../shared/downloadFile';

/** Whether the document is there, and only its file is not. */
const isListed = async (api: PaperlessClient, id: number): Promise<boolean> =>
	(await api.documents.get(id, { fields: 'id' }).catch(orNothing)) !== undefined;

/** Shown only where a model asks, which gets no file (docs/n8n.md#files-of-tools). */
const textParameter = {
	displayName: 'Text Instead of File',
	name: 'asText',
	type: 'boolean',
	default: true,
	displayOptions: { show: { '@tool': [true] } },
	description:
		'Whether to give the model the text of the document, up to 5,000 characters. The model cannot read a file.',
} as const satisfies Parameter;

const withText: Presentation = { ...simplified, includeContent: true };

/** The document with its text, as Get returns it. */
async function textOf(context: Context, id: number): Promise<Json> {
	const document = (await presentById(context, [id], withText)).get(id);
	if (document) return document;
	throw await whyMissing(context.api, id);
}

export const download = defineOperation({
	value: 'download',
	name: 'Download',
	action: 'Download document',
	description: 'Retrieve the file of a document: archived, original, preview or thumbnail',
	access: 'read',
	parameters: [documentParameter, textParameter, ...downloadParameters],
	async execute(context, { document, asText, ...values }) {
		const id = await documentId(context.api, document);
		if (context.forModel && asText) return [{ json: await textOf(context, id) }];
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
