import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/listing';
import { documentId, documentParameter, orMissing } from '../../../documents/locate';
import { fieldsQuery, outputParameters, present, presentationOf } from '../../../documents/present';

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
		const found = await orMissing(
			context.api,
			[id],
			'document',
			async () => await context.api.documents.list(query, { limit: limitOf(values) }),
		);
		return (await present(context, found, presentation)).map((json) => ({ json }));
	},
});
