import { encodeCustomFields } from '../../../documents/encodeCustomFields';
import { customFieldsParameter } from '../../../documents/documentFields';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import { toReferences } from '../../../toolkit/references';
import { bulkOperation } from './bulkOperation';

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
	async intentOf(context, { customFields, removeCustomFields }) {
		const set = await encodeCustomFields(context, customFields);
		const references = toReferences(removeCustomFields, removeLabel);
		const remove = await context.names.ids('customField', references, 'removeCustomFields');
		return { customFields: { set, remove } };
	},
});
