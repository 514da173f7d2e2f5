import { isRecord } from '../../../../api/json';
import type { PaperlessClient } from '../../../../api/paperlessClient';
import type { Document } from '../../../../api/schemas/document';
import type { Context } from '../../../../toolkit/operation';
import type { HashedUpload } from './hashUpload';
import { checksum } from './hashUpload';

/** The id of a document and the ids of its versions, by the hash of their files. */
export type Versions = { id: number; files: ReadonlyArray<{ id: number; hash: string }> };

/** The server has no filter for versions, so only those of these many documents are compared. */
export const comparedDocuments = 250;

const idsOf = ({ id, versions }: Document): Versions => ({
	id,
	files: (Array.isArray(versions) ? versions : []).flatMap((version: unknown) =>
		isRecord(version) && typeof version.id === 'number' && typeof version.checksum === 'string'
			? [{ id: version.id, hash: version.checksum }]
			: [],
	),
});

/**
 * The files of the documents that were changed last, because a new version changes its document.
 * Empty on servers without versions. `since` is an ISO instant.
 */
export async function latestVersions(api: PaperlessClient, since?: string): Promise<Versions[]> {
	if (!(await api.server()).has('documentVersions')) return [];
	const query = {
		fields: 'id,versions',
		ordering: '-modified',
		...(since !== undefined && { modified__gte: since }),
	};
	return (await api.documents.list(query, { limit: comparedDocuments })).map(idsOf);
}

/** The hash of a file in the algorithm of the server as its latest reply described it. */
async function currentHash({ api }: Context, upload: HashedUpload): Promise<string> {
	const algorithm = await api.documents.checksumAlgorithm();
	return algorithm === upload.algorithm ? upload.hash : await checksum(upload.file, algorithm);
}

/**
 * Looks for the document that has this file. The filter knows the first version of documents only
 * (docs/paperless-api.md#duplicates). The hash belongs to the server that answered: its version may
 * differ from the version that it was known by.
 */
export async function lookUpFile(
	context: Context,
	upload: HashedUpload,
	latest: () => Promise<readonly Versions[]>,
): Promise<{ existing: number | undefined; hash: string }> {
	const byFilter = async (hash: string) => {
		const query = { checksum__iexact: hash, fields: 'id', ordering: 'id' };
		return (await context.api.documents.list(query, { limit: 1 }))[0]?.id;
	};
	let hash = await currentHash(context, upload);
	let existing = await byFilter(hash);
	const answered = await currentHash(context, upload);
	if (answered !== hash) {
		hash = answered;
		existing = await byFilter(hash);
	}
	if (existing !== undefined) return { existing, hash };
	const versions = await latest();
	return {
		existing: versions.find(({ files }) => files.some((file) => file.hash === hash))?.id,
		hash,
	};
}
