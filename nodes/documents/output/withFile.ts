import type { Rendition } from '../../api/documentFiles';
import { orNothing } from '../../api/errors';
import { lostFile } from '../lostFile';
import type { Context, Json, Output } from '../../toolkit/operation';

/**
 * An item about a document, with its file. A file that is missing on the server (404) stays missing
 * and must not hide the rest: a trigger reports its event all the same, and the item says what is lost.
 */
export async function withFile(
	{ api, files }: Context,
	id: number,
	rendition: Rendition,
	json: Json,
): Promise<Output> {
	const file = await api.documents.download(id, rendition).catch(orNothing);
	return file
		? { json, binary: { data: await files.store(file) } }
		: { json: { ...json, file_missing: lostFile(rendition, `document ${id}`).message } };
}
