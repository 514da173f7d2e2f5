import { fullTextQuery } from '../../../../api/fullText';
import { PaperlessError } from '../../../../api/errors';
import type { Query } from '../../../../api/transport';
import { defineOperation } from '../../../../toolkit/operation';
import { limitOf } from '../../shared/listing';
import { filtersFrom } from '../../../../documents/filters';
import type { GetManyValues } from './getManyParameters';
import { getManyParameters } from './getManyParameters';
import { fieldsQuery, present, presentationOf } from '../../../../documents/present';
import { orMissing } from '../../../../documents/locate';
import { ordering } from '../../../../documents/sorting';

function searchQuery({ searchMode, searchText, similarTo }: GetManyValues): Query {
	if (searchMode === 'none') return {};
	if (searchMode === 'similar') {
		if (/^\d+$/.test(similarTo.trim())) return { more_like_id: similarTo.trim() };
		throw new PaperlessError('invalid', `“${similarTo}” is not the ID of a document`, {
			description: 'Check the expression that fills the field.',
			parameter: 'similarTo',
		});
	}
	const query = fullTextQuery(searchMode, searchText);
	if (query !== '') return { query };
	throw new PaperlessError('invalid', 'There are no words to search for', {
		description:
			'Enter some under “Search Text”, or set “Search” to None. Single letters and words such as “the” are not searched for.',
		parameter: 'searchText',
	});
}

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many documents',
	description: 'Find documents by full text, filters, custom fields or a saved view',
	access: 'read',
	parameters: getManyParameters,
	async execute(context, values) {
		const presentation = presentationOf(values);
		const filtering = await filtersFrom(context, values);
		const query = { ...filtering.query, ...searchQuery(values) };
		const order = await ordering(context, values.sort, { query, view: filtering.ordering });
		const similarTo = values.searchMode === 'similar' ? [Number(values.similarTo)] : [];
		const documents = await orMissing(
			context.api,
			similarTo,
			'similarTo',
			async () =>
				await context.api.documents.list(
					{ ...query, ...order, ...fieldsQuery(presentation) },
					{ limit: limitOf(values) },
				),
		);
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});
