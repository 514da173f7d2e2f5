import { viewOfQuery } from '../../../api/explainSearch';
import { orderingOfSavedView, queryOfSavedView } from '../../../api/savedViewRules';
import { findDocuments } from '../../../documents/findDocuments';
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
		const asked = { ...query, ...order, ...fieldsQuery(presentation) };
		const { documents } = await findDocuments(context, asked, limitOf(values));
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});
