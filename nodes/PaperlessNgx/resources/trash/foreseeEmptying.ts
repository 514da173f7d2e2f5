import type { PaperlessClient } from '../../../api/paperlessClient';
import { isVersionRow } from '../../../api/trash';
import type { Outcome } from '../../../toolkit/operation';
import { notYetDeleted } from '../shared/dryRun';
import { isVersion, notInTrash, trashedId } from './sendToTrash';
import { TrashRows } from './trashRows';

/** What permanent deletions would take, by the text of an id. Writes nothing. */
export async function foreseeEmptying(
	api: PaperlessClient,
	texts: readonly string[],
): Promise<Map<string, Outcome>> {
	const rows = new TrashRows(texts.length > 0 ? await api.trash.rows() : []);
	const outcomeOf = (text: string): Outcome => {
		const id = trashedId(text);
		if (id instanceof Error) return id;
		const row = rows.get(id);
		if (row === undefined) return notInTrash(id);
		if (isVersionRow(row)) return isVersion(id, Number(row.root_document));
		const { title, deleted_at } = row;
		const versions = rows.versionsOf(id).map((version) => version.id);
		return [
			{
				json: notYetDeleted({
					id,
					title,
					deleted_at,
					...(versions.length > 0 && { versions }),
				}),
			},
		];
	};
	return new Map(texts.map((text) => [text, outcomeOf(text)]));
}
