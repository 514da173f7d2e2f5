import type { Kind } from '../../../api/kinds';
import { each } from '../../../api/together';
import { attempt } from '../../../toolkit/attempt';
import { defineOperation } from '../../../toolkit/operation';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
import type { Deleting } from './deleteChosen';
import { deleteChosen } from './deleteChosen';
import type { Editable } from './editable';
import { chosenRow, locatorParameter } from './readable';

/** Deletes one by one. The description says what else is lost or kept. */
export const del = <K extends Kind, Draft extends object>(
	editable: Editable<K, Draft>,
	description: string,
	/** What cannot be brought back, besides the object. */
	lost: string,
	losses?: Deleting<K>['losses'],
) =>
	defineOperation({
		value: 'delete',
		name: 'Delete',
		action: `Delete ${editable.noun}`,
		description,
		access: accessUnlessDry,
		destroys: () => true,
		parameters: [
			locatorParameter(editable),
			deletionNotice(`Deleting a ${editable.noun} cannot be undone. ${lost}`),
			dryDeletionParameter,
		],
		async executeAll(context, calls) {
			const chosen = await Promise.all(
				calls.map(({ values }) =>
					attempt(async () => ({
						row: await chosenRow(context, editable, values),
						dryRun: values.dryRun,
					})),
				),
			);
			return await deleteChosen(context, editable, chosen, {
				send: (ids) => each(ids, (id) => editable.collection(context.api).delete(id)),
				losses,
			});
		},
	});
