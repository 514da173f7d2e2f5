import { isPaperlessError, PaperlessError } from '../../../api/errors';
import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { notice } from '../../../toolkit/parameterBuilders';
import { documentTarget } from '../shared/documentTarget';
import { changeDocument } from './changeDocument';
import { loadPdf } from './loadPdfs';
import { makeDocuments } from './makeDocuments';
import { waitParameters } from './waitParameters';

const notProtected = (id: number) =>
	new PaperlessError('invalid', `The PDF of document ${id} is not protected by a password`, {
		description: 'Paperless-ngx leaves such a file as it is.',
		parameter: 'document',
	});

export const removePassword = defineOperation({
	value: 'removePassword',
	name: 'Remove Password',
	action: 'Remove password from PDF',
	description: 'Make a PDF readable without its password',
	access: 'write',
	needs: 'removesPasswords',
	parameters: [
		documentParameter,
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. the password that opens the PDF',
		},
		{
			displayName: 'Result',
			name: 'result',
			type: 'options',
			options: [
				{ name: 'New Document', value: 'new' },
				{ name: 'New Document, Original to Trash', value: 'replace' },
				{ name: 'Same Document', value: 'same', description: 'As a new version' },
			],
			default: 'same',
		},
		notice('replaceNotice', 'The original goes to the trash once the new document is there.', {
			result: ['replace'],
		}),
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, password, result, ...waiting }) {
		const pdf = await loadPdf(context, document, { allowsLocked: true, countsPages: false });
		const editOf = (deletes: boolean) => ({
			ids: [pdf.id],
			edit: {
				method: 'remove_password' as const,
				parameters: {
					password,
					update_document: result === 'same',
					include_metadata: true,
					delete_original: deletes,
				},
			},
		});
		const notStarted = notProtected(pdf.id);
		const making = {
			sources: [pdf],
			edit: editOf,
			results: [{ fileName: `${pdf.id}_unprotected.pdf`, pages: undefined }],
			deletesSources: result === 'replace',
			notStarted,
		};
		const edited =
			result === 'same'
				? changeDocument(context, pdf, { sent: editOf(false), notStarted }, waiting)
				: makeDocuments(context, making, waiting);
		return await edited.catch((thrown: unknown) => {
			if (!isPaperlessError(thrown) || thrown.status !== 400) throw thrown;
			throw new PaperlessError('invalid', `This password does not open document ${pdf.id}`, {
				description: `Check it for leading and trailing spaces. Paperless-ngx reported: ${thrown.message}`,
				parameter: 'password',
			});
		});
	},
});
