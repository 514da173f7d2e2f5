import { isPaperlessError, PaperlessError } from '../../../api/errors';
import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { waitParameters } from './awaitDocuments';
import { changeDocument } from './changeDocument';
import { loadPdf } from './loadPdfs';
import { makeDocuments } from './makeDocuments';

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
		...waitParameters,
	],
	async execute(context, { document, password, result, ...waiting }) {
		const pdf = await loadPdf(context, document);
		const edit = {
			method: 'remove_password',
			parameters: {
				password,
				update_document: result === 'same',
				include_metadata: true,
				delete_original: result === 'replace',
			},
		} as const;
		const edited =
			result === 'same'
				? changeDocument(context, pdf, edit, waiting)
				: makeDocuments(context, [pdf.id], edit, [`${pdf.id}_unprotected.pdf`], waiting);
		return await edited.catch((thrown: unknown) => {
			if (!isPaperlessError(thrown) || thrown.status !== 400) throw thrown;
			throw new PaperlessError('invalid', `This password does not open document ${pdf.id}`, {
				description: `Check it for leading and trailing spaces. Paperless-ngx reported: ${thrown.message}`,
				parameter: 'password',
			});
		});
	},
});
