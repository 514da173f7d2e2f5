import {
	customFieldChanges,
	customFieldChangesFrom,
	keepExistingValues,
} from '../../../documents/customFieldChanges';
import { encodeCustomFields, skipUnfitValues } from '../../../documents/encodeCustomFields';
import { customFieldsParameter } from '../../../documents/documentFields';
import { namesOrIds, optionsParameter } from '../../../toolkit/parameterBuilders';
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
		optionsParameter([...customFieldChanges, keepExistingValues, skipUnfitValues]),
	],
	async intentOf(context, { customFields, removeCustomFields, options }) {
		const encoded = await encodeCustomFields(context, customFields, options);
		const references = toReferences(removeCustomFields, removeLabel);
		const remove = await context.names.ids('customField', references, 'removeCustomFields');
		const changes = await customFieldChangesFrom(context, options);
		const keepExisting = options.keepExistingValues === true && Object.keys(encoded.set).length > 0;
		return {
			customFields: { ...encoded, remove, ...changes, ...(keepExisting && { keepExisting }) },
		};
	},
});
