import { viewOfQuery } from '../../../api/explainSearch';
import { orderingOfSavedView, queryOfSavedView } from '../../../api/savedViewRules';
import { hintAtDocuments } from '../../../documents/hintAtDocuments';
import { fieldsQuery, presentationOf } from '../../../documents/output/presentation';
import { outputParameters } from '../../../documents/output/outputParameters';
import { present } from '../../../documents/output/present';
import { ordering } from '../../../documents/ordering';
import { defineOperation } from '../../../toolkit/operation';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';
import { savedViews } from './savedViews';

export const getDocuments = defineOperation({
	value: 'getDocuments',
	name: 'Get Documents',
	action: 'Get documents of saved view',
	description: 'Retrieve the documents that a saved view shows, in its order',
	access: 'read',
	parameters: [locatorParameter(savedViews), ...returnAllOrLimit, ...outputParameters],
	async execute(context, values) {
		const view = await chosenRow(context, savedViews, values);
		const query = { ...queryOfSavedView(view), [viewOfQuery]: view.name };
		const order = await ordering(context, {}, { query, view: orderingOfSavedView(view) });
		const presentation = presentationOf(values);
		let count = 0;
		const documents = await context.api.documents.list(
			{ ...query, ...order, ...fieldsQuery(presentation) },
			{
				limit: limitOf(values),
				onCount: (all) => {
					count = all;
				},
			},
		);
		hintAtDocuments(context, { shown: documents.length, count });
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});
