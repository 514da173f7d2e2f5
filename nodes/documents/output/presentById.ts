import type { Context, Json } from '../../toolkit/operation';
import { documentsById } from '../documentsById';
import { present } from './present';
import type { Presentation } from './presentation';
import { fieldsQuery } from './presentation';

/** Documents by id as the user wants to see them; ids that do not exist are left out. */
export async function presentById(
	context: Context,
	ids: readonly number[],
	presentation: Presentation,
): Promise<Map<number, Json>> {
	const found = await documentsById(context.api, ids, fieldsQuery(presentation));
	const documents = [...found.values()];
	const presented = await present(context, documents, presentation);
	return new Map(documents.map(({ id }, index) => [id, presented[index] ?? {}]));
}
