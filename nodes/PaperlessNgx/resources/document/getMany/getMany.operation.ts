import { orMissing } from '../../../../documents/documentsById';
import { findDocuments } from '../../../../documents/findDocuments';
import { uncheckedFilters } from '../../../../documents/filters/filtersFrom';
import { present } from '../../../../documents/output/present';
import { fieldsQuery, presentationOf } from '../../../../documents/output/presentation';
import { attachFiles } from '../../../../documents/output/attachFiles';
import { ordering } from '../../../../documents/ordering';
import { hintAtEverything, hintAtIndex } from '../../../../documents/hintAtDocuments';
import { defineOperation } from '../../../../toolkit/operation';
import { limitOf } from '../../shared/returnAllOrLimit';
import { getManyParameters } from './getManyParameters';
import { searchQuery } from './searchQuery';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many documents',
	description: 'Find documents by full text, filters, custom fields or a saved view',
	builderHint:
		'Words of the text go into Search Text, conditions into Filters; both take names as well as IDs. It puts out one item per document, so the next node runs once for each.',
	access: 'read',
	parameters: getManyParameters,
	async execute(context, values) {
		const { api } = context;
		const presentation = presentationOf(values);
		const filtering = await uncheckedFilters(context, values.filters);
		const search = searchQuery(values);
		const query = { ...filtering.query, ...search };
		const order = await ordering(context, values.sort, { query, view: filtering.ordering });
		const fields = fieldsQuery(presentation);
		const comparedWith = search.more_like_id === undefined ? [] : [Number(search.more_like_id)];
		const { documents, count } = await orMissing(api, comparedWith, 'similarTo', () =>
			findDocuments(context, { ...query, ...order, ...fields }, limitOf(values)),
		);
		const shown = await present(context, documents, presentation);
		await filtering.check();
		await hintAtEverything(context, query, count);
		await hintAtIndex(context, query, count);
		const rows = documents.map(({ id }, index) => ({ id, json: shown[index] ?? {} }));
		return await attachFiles(context, rows, values.options.includeFile);
	},
});
