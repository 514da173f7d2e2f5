import { asError, PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Document } from '../../../api/schemas/document';
import type { TrashRow } from '../../../api/trash';
import { documentsById } from '../../../documents/documentsById';
import type { Context, Outcome } from '../../../toolkit/operation';
import { afterwards, rowsWithVersions, sendToTrash } from './sendToTrash';
import { deletedWith, TrashRows } from './trashRows';
import { unlessForbidden } from '../../../api/unlessForbidden';

/** What is there after the request. */
type Seen = {
	/** The restored documents that are in the archive; `undefined` where the user may not list them. */
	archive: Map<number, Document> | undefined;
	trash: TrashRows;
	/** The versions that belong to each document again, by the id of the document. */
	expected: ReadonlyMap<number, readonly TrashRow[]>;
};

/** Restores what a server from 3.2 on lists only now: versions that were deleted on an older server. */
async function restoreLate(api: PaperlessClient, late: readonly TrashRow[]): Promise<void> {
	const [first, ...others] = late.map(({ id }) => id);
	// The versions that are missing afterwards are reported.
	if (first !== undefined) await api.trash.act('restore', [first, ...others]).catch(asError);
}

async function look(
	api: PaperlessClient,
	accepted: readonly number[],
	before: TrashRows,
): Promise<Seen> {
	const trash = await rowsWithVersions(api);
	const back = accepted.filter((id) => trash.get(id) === undefined);
	const late = back.flatMap((id) => deletedWith(before, trash, id));
	await restoreLate(api, late);
	const lateRows = new TrashRows(late);
	const expected = new Map(
		accepted.map((id) => [id, [...deletedWith(before, before, id), ...lateRows.versionsOf(id)]]),
	);
	const fields = (await api.server()).has('documentVersions') ? 'id,versions' : 'id';
	const archive = await unlessForbidden(documentsById(api, accepted, { fields }), undefined);
	const left = archive && late.length === 0 ? trash : new TrashRows(await api.trash.rows());
	return { archive, trash: left, expected };
}

const versionIds = (document: Document | undefined): number[] =>
	Array.isArray(document?.versions)
		? document.versions.map((version: { id?: unknown }) => Number(version.id))
		: [];

function outcomeOf(id: number, { archive, trash, expected }: Seen): Outcome {
	const isBack = archive ? archive.has(id) : trash.get(id) === undefined;
	if (!isBack) {
		return new PaperlessError('unexpectedReply', `Document ${id} was not restored`, {
			description:
				'Paperless-ngx accepted the request, but the document is not in the archive, or is hidden from the token’s user.',
			parameter: 'documentId',
		});
	}
	const present = new Set(versionIds(archive?.get(id)));
	const wanted = [...new Set((expected.get(id) ?? []).map((row) => row.id))];
	const missing = wanted.filter((version) =>
		archive ? !present.has(version) : trash.get(version) !== undefined,
	);
	if (missing.length > 0) {
		return new PaperlessError(
			'unexpectedReply',
			`Document ${id} was restored without all versions`,
			{
				description: `These versions are still in the trash: ${missing.join(', ')}. Restore them in the web interface before the trash is emptied.`,
				parameter: 'documentId',
			},
		);
	}
	const left = trash.versionsOf(id).map((row) => row.id);
	return [{ json: { id, restored: true, ...(left.length > 0 && { versions_in_trash: left }) } }];
}

/**
 * Restores documents with the versions that were deleted with them, and looks what is there
 * afterwards. Returns one outcome per text of an id, in order.
 */
export async function restoreDocuments(
	{ api }: Context,
	texts: readonly string[],
): Promise<Outcome[]> {
	const before = await rowsWithVersions(api);
	const { results, accepted } = await sendToTrash(api, 'restore', texts, before, (id) =>
		deletedWith(before, before, id),
	);
	const seen =
		accepted.length > 0 ? await look(api, accepted, before).catch(afterwards) : undefined;
	return texts.map((text) => {
		const id = results.get(text);
		if (typeof id !== 'number' || !seen) return id as Error;
		return seen instanceof Error ? seen : outcomeOf(id, seen);
	});
}
