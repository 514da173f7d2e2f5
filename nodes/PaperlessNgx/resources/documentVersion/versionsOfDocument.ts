import { asError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { DocumentVersion } from '../../../api/versions';
import { asVersion } from '../../../documents/versionRefusal';

/** Newest first. Throws PaperlessError `notFound` where there is no such document. */
export async function versionsOfDocument(
	api: PaperlessClient,
	id: number,
): Promise<DocumentVersion[]> {
	try {
		return await api.versions.list(id);
	} catch (thrown) {
		throw await asVersion(api, id, asError(thrown));
	}
}
