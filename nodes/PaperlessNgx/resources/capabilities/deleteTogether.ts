import { attempt } from '../../../toolkit/attempt';
import { defineOperation } from '../../../toolkit/operation';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
import { deleteChosen } from './deleteChosen';
import { editObjects } from './editObjects';
import type { Matching, MatchingKind } from './matching';
import { chosenRow, locatorParameter } from './readable';

/** Deletes the objects of all items with one request. */
export const deleteTogether = <K extends MatchingKind>(matching: Matching<K>) =>
	defineOperation({
		value: 'delete',
		name: 'Delete',
		action: `Delete ${matching.noun}`,
		description: `Delete a ${matching.noun} permanently; documents that have it are kept without it`,
		access: accessUnlessDry,
		destroys: () => true,
		parameters: [
			locatorParameter(matching),
			deletionNotice(`Deleting a ${matching.noun} cannot be undone. All documents lose it.`),
			dryDeletionParameter,
		],
		async executeAll(context, calls) {
			const chosen = await Promise.all(
				calls.map(({ values }) =>
					attempt(async () => ({
						row: await chosenRow(context, matching, values),
						dryRun: values.dryRun,
					})),
				),
			);
			return await deleteChosen(context, matching, chosen, {
				send: (ids) => editObjects(context, matching, ids, { operation: 'delete' }),
			});
		},
	});
