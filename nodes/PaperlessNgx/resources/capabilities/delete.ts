import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import type { Editable } from './editable';
import { chosenRow, locatorParameter } from './readable';

/** Deletes one by one. The description says what else is lost or kept. */
export const del = <K extends Kind, Draft extends object>(
	editable: Editable<K, Draft>,
	description: string,
) =>
	defineOperation({
		value: 'delete',
		name: 'Delete',
		action: `Delete ${editable.noun}`,
		description,
		access: 'write',
		parameters: [locatorParameter(editable)],
		async execute(context, values) {
			const { id } = await chosenRow(context, editable, values);
			await editable.collection(context.api).delete(id);
			return [{ json: { deleted: true, id } }];
		},
	});
