import { oneOf } from '../../../toolkit/parameterBuilders';
import { bulkOperation } from './bulkOperation';
import { clearParameter, idOrClear, unlessCleared } from './idOrClear';

export const setStoragePath = bulkOperation({
	value: 'setStoragePath',
	name: 'Set Storage Path',
	action: 'Set storage path of documents',
	description: 'Set or clear the storage path of documents; the server moves their files',
	parameters: [
		clearParameter('storage path'),
		{ ...oneOf('Storage Path', 'storagePath', 'searchStoragePaths', 'By year'), ...unlessCleared },
	],
	async intentOf(context, { storagePath: locator, ...values }, names) {
		const storage_path = await idOrClear(context, names, 'storagePath', locator, values);
		return { values: { storage_path } };
	},
});
