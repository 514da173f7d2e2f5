import { encodeCustomFields } from '../../../documents/encodeCustomFields';
import { customFieldsParameter } from '../../../documents/documentFields';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import { toReferences } from '../../../toolkit/references';
import { bulkOperation } from './bulkOperation';
import { nothingToChange } from './nothingToChange';

const removeLabel = 'Remove Custom Field Names or IDs';

export const updateCustomFields = bulkOperation({
	value: 'updateCustomFields',
	name: 'Update Custom Fields',
	action: 'Update custom fields of documents',
	description:
		'Set some custom fields of documents and remove others; all remaining fields are kept',
	parameters: [
		customFieldsParameter,
		namesOrIds(removeLabel, 'removeCustomFields', 'getCustomFields'),
	],
	async editsOf(context, { customFields, removeCustomFields }, ids) {
		const add = await encodeCustomFields(context, customFields);
		const references = toReferences(removeCustomFields, removeLabel);
		const remove = await context.names.ids('customField', references, 'removeCustomFields');
		if (Object.keys(add).length === 0 && remove.length === 0) throw nothingToChange();
		const parameters = { add_custom_fields: add, remove_custom_fields: remove };
		return [{ ids, edit: { method: 'modify_custom_fields', parameters } }];
	},
});
