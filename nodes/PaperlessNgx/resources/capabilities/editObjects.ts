import type { ObjectEdit, ObjectType } from '../../../api/bulkEditObjects';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { asError, PaperlessError } from '../../../api/errors';
import type { Context } from '../../../toolkit/operation';

/** A deletion has a route of its own for one object, which says 404 and 403 as such. */
const collections = {
	correspondents: (api: PaperlessClient) => api.correspondents,
	document_types: (api: PaperlessClient) => api.documentTypes,
	storage_paths: (api: PaperlessClient) => api.storagePaths,
	tags: (api: PaperlessClient) => api.tags,
} as const;

/**
 * Makes the same change to many objects. A refusal of all (an unknown id, one that is not the
 * user's) is tried again one by one, so that each has its own answer.
 */
export async function editObjects(
	{ api }: Context,
	type: ObjectType,
	ids: readonly number[],
	edit: ObjectEdit,
): Promise<Map<number, Error>> {
	const refusals = new Map<number, Error>();
	const unique = [...new Set(ids)];
	const send = async (some: number[]) =>
		some.length === 1 && edit.operation === 'delete'
			? await collections[type](api).delete(some[0] ?? 0)
			: await api.bulkEditObjects(type, some, edit);
	const attempt = async (some: number[]) => await send(some).then(() => undefined, asError);
	const refused = unique.length > 0 ? await attempt(unique) : undefined;
	if (refused === undefined) return refusals;
	const mayBeOneOfThem =
		refused instanceof PaperlessError && ['invalid', 'forbidden'].includes(refused.kind);
	for (const id of unique) {
		const own = mayBeOneOfThem && unique.length > 1 ? await attempt([id]) : refused;
		if (own) refusals.set(id, own);
	}
	return refusals;
}
