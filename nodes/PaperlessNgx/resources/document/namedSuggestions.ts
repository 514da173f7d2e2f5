import type { Suggestions } from '../../../api/documentInsights';
import type { Kind } from '../../../api/kinds';
import type { Context, Json } from '../../../toolkit/operation';

/** Suggestions for a document with the names of what they refer to, as the JSON of an item. */
export async function namedSuggestions(
	{ names }: Context,
	id: number,
	suggestions: Suggestions,
): Promise<Json> {
	const { correspondents, document_types, storage_paths, tags, dates, ...rest } = suggestions;
	const withNames = async (kind: Kind, ids: readonly number[]) => {
		const known = await names.namesOf(kind, ids);
		return ids.map((suggested) => ({ id: suggested, name: known.get(suggested) ?? null }));
	};
	return {
		id,
		correspondents: await withNames('correspondent', correspondents),
		document_types: await withNames('documentType', document_types),
		storage_paths: await withNames('storagePath', storage_paths),
		tags: await withNames('tag', tags),
		dates,
		...rest,
	};
}
