import { atMost } from '../../../api/atMost';
import { orUnseen } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { documentsById } from '../../../documents/documentsById';

const lookupsAtOnce = 4;

/**
 * The documents that ids of versions belong to. Share links and bundles name the version that they
 * open. Before Paperless-ngx 3.0, and where the document is hidden, an id stands for itself.
 */
export async function rootsOf(
	api: PaperlessClient,
	ids: readonly number[],
): Promise<(id: number) => number> {
	const roots = new Map<number, number>();
	if (ids.length > 0 && (await api.server()).has('documentVersions')) {
		const unique = [...new Set(ids)];
		const documents =
			unique.length > 1 ? await documentsById(api, unique, { fields: 'id' }) : new Map();
		const look = async (id: number) => {
			const root = await api.documents.rootOf(id).catch(orUnseen);
			roots.set(id, root ?? id);
		};
		const atOnce = atMost(lookupsAtOnce);
		const versions = unique.filter((id) => !documents.has(id));
		await Promise.all(versions.map((id) => atOnce(() => look(id))));
	}
	return (id) => roots.get(id) ?? id;
}
