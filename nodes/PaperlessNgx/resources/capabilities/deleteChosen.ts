import type { Kind, ObjectOf } from '../../../api/kinds';
import { attempt } from '../../../toolkit/attempt';
import type { Context, Json, Outcome } from '../../../toolkit/operation';
import { notYetDeleted } from '../shared/dryRun';
import { deleteRows } from './deleteRows';
import type { Readable } from './readable';

/** A row that an item chose, and whether the item only asks what would be deleted. */
export type ChosenRow<K extends Kind> = { row: ObjectOf<K>; dryRun: boolean };

export type Deleting<K extends Kind> = {
	/** Returns the ids that the server rejected, with the reason. */
	send: (ids: readonly number[]) => Promise<Map<number, Error>>;
	/** What else is lost with a row. */
	losses?: ((context: Context, row: ObjectOf<K>) => Promise<Json>) | undefined;
};

/** What a deletion would take, as the server knows it now. */
async function describe<K extends Kind>(
	context: Context,
	{ collection }: Readable<K>,
	row: ObjectOf<K>,
	losses: Deleting<K>['losses'],
): Promise<Json> {
	const { id, name } = row;
	const { document_count: documents }: Json = await collection(context.api).get(id);
	return notYetDeleted({
		id,
		name,
		...(typeof documents === 'number' && { documents }),
		...(await losses?.(context, row)),
	});
}

/** Deletes the rows that the items chose, and returns one outcome per item. An error is that of its item. */
export async function deleteChosen<K extends Kind>(
	context: Context,
	readable: Readable<K>,
	chosen: ReadonlyArray<ChosenRow<K> | Error>,
	{ send, losses }: Deleting<K>,
): Promise<Outcome[]> {
	const rows = chosen.flatMap((one) => (one instanceof Error || one.dryRun ? [] : [one.row]));
	const refusals = await deleteRows(context, readable, rows, send);
	return await Promise.all(
		chosen.map(async (one): Promise<Outcome> => {
			if (one instanceof Error) return one;
			const { row, dryRun } = one;
			if (!dryRun) return refusals.get(row.id) ?? [{ json: { deleted: true, id: row.id } }];
			const json = await attempt(() => describe(context, readable, row, losses));
			return json instanceof Error ? json : [{ json }];
		}),
	);
}
