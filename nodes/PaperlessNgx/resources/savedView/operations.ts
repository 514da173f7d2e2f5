import { orderingOfSavedView, queryOfSavedView } from '../../../api/savedViewRules';
import { PaperlessError } from '../../../api/errors';
import { oneOf } from '../../../toolkit/parameterBuilders';
import { defineOperation } from '../../../toolkit/operation';
import { toReference } from '../../../toolkit/references';
import { trimmedName } from '../capabilities/create';
import { nameParameter } from '../capabilities/entity';
import { fieldsQuery, presentationOf } from '../../../documents/output/presentation';
import { outputParameters } from '../../../documents/output/outputParameters';
import { present } from '../../../documents/output/present';
import { ordering } from '../../../documents/sorting';
import { limitOf, returnAllOrLimit } from '../shared/listing';
import { optionsDraft, rulesFrom, viewFilters, viewOptions } from './write';

const chosen = {
	...oneOf('Saved View', 'savedView', 'searchSavedViews', 'Open invoices'),
	required: true,
} as const;

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create saved view',
	description: 'Create a new saved view from filters',
	access: 'write',
	parameters: [nameParameter, ...viewFilters, viewOptions],
	async execute(context, { name, options, ...filters }) {
		const created = await context.api.savedViews.create({
			// Older servers ask for both; newer ones keep them elsewhere and overlook them.
			show_in_sidebar: false,
			show_on_dashboard: false,
			sort_field: 'created',
			sort_reverse: true,
			...optionsDraft(options),
			name: trimmedName(name),
			filter_rules: await rulesFrom(context, filters),
		});
		return [{ json: created }];
	},
});

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete saved view',
	description: 'Delete a saved view permanently; no document is touched',
	access: 'write',
	parameters: [chosen],
	async execute({ api, names }, { savedView }) {
		const { id } = await names.find('savedView', toReference(savedView, 'Saved View'), 'savedView');
		await api.savedViews.delete(id);
		return [{ json: { deleted: true, id } }];
	},
});

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get saved view',
	description: 'Retrieve a saved view by its name or ID, with its rules as filters',
	access: 'read',
	parameters: [chosen],
	async execute({ names }, { savedView }) {
		const view = await names.find('savedView', toReference(savedView, 'Saved View'), 'savedView');
		return [{ json: { ...view, filters: queryOfSavedView(view) } }];
	},
});

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many saved views',
	description: 'Retrieve a list of saved views',
	access: 'read',
	parameters: [...returnAllOrLimit],
	async execute({ names }, listing) {
		const views = (await names.all('savedView')).slice(0, limitOf(listing));
		return views.map((json) => ({ json }));
	},
});

export const getDocuments = defineOperation({
	value: 'getDocuments',
	name: 'Get Documents',
	action: 'Get documents of saved view',
	description: 'Retrieve the documents that a saved view shows, in its order',
	access: 'read',
	parameters: [chosen, ...returnAllOrLimit, ...outputParameters],
	async execute(context, values) {
		const reference = toReference(values.savedView, 'Saved View');
		const view = await context.names.find('savedView', reference, 'savedView');
		const query = queryOfSavedView(view);
		const order = await ordering(context, {}, { query, view: orderingOfSavedView(view) });
		const presentation = presentationOf(values);
		const documents = await context.api.documents.list(
			{ ...query, ...order, ...fieldsQuery(presentation) },
			{ limit: limitOf(values) },
		);
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update saved view',
	description: 'Change a saved view; filters set here replace all of its rules',
	access: 'write',
	parameters: [
		chosen,
		{ displayName: 'New Name', name: 'newName', type: 'string', default: '' },
		...viewFilters,
		viewOptions,
	],
	async execute(context, { savedView, newName, options, ...filters }) {
		const rules = await rulesFrom(context, filters);
		const changes = {
			...optionsDraft(options),
			...(newName !== '' && { name: trimmedName(newName) }),
			...(rules.length > 0 && { filter_rules: rules }),
		};
		if (Object.keys(changes).length === 0) {
			throw new PaperlessError('invalid', 'There is nothing to update', {
				description: 'Set a new name, a filter or an option.',
			});
		}
		const id = await context.names.id(
			'savedView',
			toReference(savedView, 'Saved View'),
			'savedView',
		);
		return [{ json: await context.api.savedViews.update(id, changes) }];
	},
});
