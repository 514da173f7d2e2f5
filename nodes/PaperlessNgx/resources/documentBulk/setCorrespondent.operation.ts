import { createIfMissing } from '../../../documents/documentFields';
import { ownerOfCreated } from '../../../documents/ownerOfCreated';
import { oneOrNew, optionsParameter } from '../../../toolkit/parameterBuilders';
import { bulkOperation } from './bulkOperation';
import { clearParameter, idOrClear, unlessCleared } from './idOrClear';

export const setCorrespondent = bulkOperation({
	value: 'setCorrespondent',
	name: 'Set Correspondent',
	action: 'Set correspondent of documents',
	description: 'Set or clear the correspondent of documents',
	parameters: [
		clearParameter('correspondent'),
		{
			...oneOrNew('Correspondent', 'correspondent', 'searchCorrespondents', 'Water Works'),
			...unlessCleared,
		},
		optionsParameter([createIfMissing, ownerOfCreated]),
	],
	async intentOf(context, { correspondent: locator, ...values }, names) {
		const correspondent = await idOrClear(context, names, 'correspondent', locator, values);
		return { values: { correspondent } };
	},
});
