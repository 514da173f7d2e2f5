import type { PdfEdit } from '../../../api/bulkEdit';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Context, Output } from '../../../toolkit/operation';
import type { WaitValues } from './awaitDocuments';
import { awaitDocuments, pendingOutput } from './awaitDocuments';

/** Documents that other users add in the meantime precede the expected ones in the list. */
const roomForOthers = 50;

async function newestId(api: PaperlessClient): Promise<number> {
	const [newest] = await api.documents.list({ ordering: '-id', fields: 'id' }, { limit: 1 });
	return newest?.id ?? 0;
}

/** Ids in ascending order of the documents made after `newest`; undefined until all are there. */
async function findByFileNames(
	api: PaperlessClient,
	fileNames: readonly string[],
	newest: number,
): Promise<number[] | undefined> {
	const rows = await api.documents.list(
		{ ordering: '-id', fields: 'id,original_file_name' },
		{ limit: fileNames.length + roomForOthers },
	);
	const ids = rows
		.filter(({ id, original_file_name: name }) => id > newest && fileNames.includes(String(name)))
		.map(({ id }) => id);
	return ids.length >= fileNames.length ? ids.sort((a, b) => a - b) : undefined;
}

/**
 * Sends an edit that makes new documents. The server names no task for the edit, but it derives the
 * file names of the new documents from the ids, so they are found by `fileNames` (verified on 2.15,
 * 2.20 and 3.0).
 */
export async function makeDocuments(
	context: Context,
	ids: readonly number[],
	edit: PdfEdit,
	fileNames: readonly string[],
	{ waitForResult, timeout }: WaitValues,
): Promise<Output[]> {
	const { api } = context;
	const newest = await newestId(api);
	await api.documents.bulkEdit(ids, edit);
	if (!waitForResult) return pendingOutput(ids);
	const finished = await awaitDocuments(context, timeout, () =>
		findByFileNames(api, fileNames, newest),
	);
	return finished ?? pendingOutput(ids, { expected_files: fileNames });
}
