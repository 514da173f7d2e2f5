import { atMost } from '../../../api/atMost';
import { orUnseen } from '../../../api/errors';
import { presentById } from '../../../documents/output/presentById';
import type { Presentation } from '../../../documents/output/presentation';
import type { Context, Json } from '../../../toolkit/operation';

const lookupsAtOnce = 4;

export type Asked = { id: number; json: Json };

/**
 * Documents by the ids that were asked for. The id of a version, which may once have been that of a
 * document, stands for the document that it belongs to; `requested_version` then is that id
 * (docs/paperless-api.md#ids-of-versions). Ids that do not exist are left out.
 */
export async function documentsAskedFor(
	context: Context,
	ids: readonly number[],
	presentation: Presentation,
): Promise<Map<number, Asked>> {
	const { documents } = context.api;
	const atOnce = atMost(lookupsAtOnce);
	const rootOf = (id: number) => atOnce(() => documents.rootOf(id).catch(orUnseen));
	const shown = await presentById(context, ids, presentation);
	const missing = [...new Set(ids)].filter((id) => !shown.has(id));
	const roots = await Promise.all(missing.map(async (id) => [id, await rootOf(id)] as const));
	const known = roots.flatMap(([, root]) => root ?? []);
	const others = known.length > 0 ? await presentById(context, known, presentation) : shown;
	const found = new Map([...shown].map(([id, json]): [number, Asked] => [id, { id, json }]));
	for (const [version, root] of roots) {
		const json = root === undefined ? undefined : others.get(root);
		if (root !== undefined && json)
			found.set(version, { id: root, json: { ...json, requested_version: version } });
	}
	return found;
}
