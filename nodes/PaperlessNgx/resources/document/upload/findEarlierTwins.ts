import type { Context } from '../../../../toolkit/operation';
import { latestVersions } from './lookUpFile';
import type { Upload } from './uploadSender';
import { documentIdOf, isNewDocument } from './uploadSender';
import { unlessForbidden } from '../../../../api/unlessForbidden';

/** Milliseconds between the moment in `added` and the moment when others see the document, at most. */
const visibilityDelay = 60_000;

/**
 * Marks uploads whose file became another document while they were under way: 3.x takes both when
 * two clients upload it at once (docs/paperless-api.md#duplicates). The later of them is marked.
 */
export async function findEarlierTwins(
	{ api }: Context,
	uploads: readonly Upload[],
): Promise<Upload[]> {
	const created = uploads.filter(isNewDocument);
	if (created.length === 0) return [...uploads];
	const times = created.flatMap(({ lookedUp }) => lookedUp ?? []);
	const since =
		times.length < created.length
			? undefined
			: new Date(Math.min(...times) - visibilityDelay).toISOString();
	const latest = await unlessForbidden(latestVersions(api, since), []);
	return uploads.map((upload) => {
		const own = isNewDocument(upload) ? documentIdOf(upload) : null;
		if (own === null) return upload;
		const twins = latest.filter(
			({ id, files }) =>
				id !== own && files.some((file) => file.hash === upload.checksum && file.id < own),
		);
		return twins.length === 0
			? upload
			: { ...upload, earlierTwin: Math.min(...twins.map(({ id }) => id)) };
	});
}
