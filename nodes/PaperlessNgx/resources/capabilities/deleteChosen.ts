import type { Kind, ObjectOf } from '../../../api/kinds';
import type { Context, Outcome } from '../../../toolkit/operation';
import { deleteRows } from './deleteRows';
import type { Readable } from './readable';

/** Deletes the rows that the items chose, and returns one outcome per item. An error is that of its item. */
export async function deleteChosen<K extends Kind>(
	context: Context,
	readable: Readable<K>,
	chosen: ReadonlyArray<ObjectOf<K> | Error>,
	send: (ids: readonly number[]) => Promise<Map<number, Error>>,
): Promise<Outcome[]> {
	const rows = chosen.flatMap((row) => (row instanceof Error ? [] : [row]));
	const refusals = await deleteRows(context, readable, rows, send);
	return chosen.map((row) => {
		if (row instanceof Error) return row;
		return refusals.get(row.id) ?? [{ json: { deleted: true, id: row.id } }];
	});
}
