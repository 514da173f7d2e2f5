import type { Document } from '../../../api/schemas/document';
import { documentsById } from '../../../documents/documentsById';
import { present } from '../../../documents/output/present';
import { fieldsQuery, simplified } from '../../../documents/output/presentation';
import type { Context, Json, Output } from '../../../toolkit/operation';

/** The output while the server has accepted the work and its result is not known yet. */
export const pendingOutput = (documents: readonly number[], details: Json = {}): Output[] => [
	{ json: { status: 'pending', documents, ...details } },
];

/** Documents as they are after the work, with the number of pages that the server reports. */
export async function loadResults(
	{ api }: Context,
	ids: readonly number[],
): Promise<Map<number, Document>> {
	const { fields } = fieldsQuery(simplified);
	return await documentsById(api, ids, { fields: `${fields},page_count` });
}

export async function finishedOutput(
	context: Context,
	documents: readonly Document[],
): Promise<Output[]> {
	const json = await present(context, documents, simplified);
	return json.map((document) => ({ json: { status: 'done', ...document } }));
}
