import { asError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
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
		access: 'write',
		parameters: [locatorParameter(matching)],
		async executeAll(context, calls) {
			const rows = await Promise.all(
				calls.map(({ values }) => chosenRow(context, matching, values).catch(asError)),
			);
			return await deleteChosen(context, matching, rows, (ids) =>
				editObjects(context, matching, ids, { operation: 'delete' }),
			);
		},
	});
