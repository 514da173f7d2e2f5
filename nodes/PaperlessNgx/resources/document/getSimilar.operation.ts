import { findDocuments } from '../../../documents/findDocuments';
import { orMissing } from '../../../documents/documentsById';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { outputParameters } from '../../../documents/output/outputParameters';
import { present } from '../../../documents/output/present';
import { fieldsQuery, presentationOf } from '../../../documents/output/presentation';
import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';

export const getSimilar = defineOperation({
	value: 'getSimilar',
	name: 'Get Similar',
	action: 'Get similar documents',
	description: 'Retrieve documents with similar words, the most similar first',
	access: 'read',
	parameters: [documentParameter, ...returnAllOrLimit, ...outputParameters],
	async execute(context, values) {
		const presentation = presentationOf(values);
		const id = await documentId(context.api, values.document);
		const query = { more_like_id: String(id), ...fieldsQuery(presentation) };
		const { documents } = await orMissing(context.api, [id], 'document', () =>
			findDocuments(context, query, limitOf(values)),
		);
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});
