import type { Rendition } from '../../api/documentFiles';
import { orNothing } from '../../api/errors';
import type { Context, Json, Output } from '../../toolkit/operation';

/**
 * An item of a trigger with the file of its document. A file that is missing on the server (404)
 * stays missing and must not prevent the report of the event.
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
		: { json: { ...json, file_missing: true } };
}
