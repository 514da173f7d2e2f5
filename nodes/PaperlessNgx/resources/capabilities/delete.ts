import type { Kind } from '../../../api/kinds';
import { asError } from '../../../api/errors';
import { each } from '../../../api/together';
import { defineOperation } from '../../../toolkit/operation';
import { deleteChosen } from './deleteChosen';
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
		async executeAll(context, calls) {
			const rows = await Promise.all(
				calls.map(({ values }) => chosenRow(context, editable, values).catch(asError)),
			);
			return await deleteChosen(context, editable, rows, (ids) =>
				each(ids, (id) => editable.collection(context.api).delete(id)),
			);
		},
	});
