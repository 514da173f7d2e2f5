import { createHash } from 'node:crypto';
import type { InputFile } from '../../../../toolkit/files';
import type { Context } from '../../../../toolkit/operation';
import type { PlannedUpload } from './planUploads';

export type HashedUpload = PlannedUpload & {
	/** Of the bytes of the file, in the algorithm of the server as it was known then */
	hash: string;
	algorithm: 'md5' | 'sha256';
	/** The index of the item that sends the same file, so that this upload does not */
	twinOf?: number;
};

export async function checksum(file: InputFile, algorithm: 'md5' | 'sha256'): Promise<string> {
	const hash = createHash(algorithm);
	for await (const chunk of file.open()) hash.update(chunk);
	return hash.digest('hex');
}

export async function hashUpload({ api }: Context, upload: PlannedUpload): Promise<HashedUpload> {
	const algorithm = await api.documents.checksumAlgorithm();
	return { ...upload, algorithm, hash: await checksum(upload.file, algorithm) };
}

/** Marks uploads of a file that an earlier upload sends. */
export function withTwins(uploads: readonly HashedUpload[]): HashedUpload[] {
	const senders = new Map<string, number>();
	return uploads.map((upload) => {
		const twinOf = senders.get(upload.hash);
		if (twinOf !== undefined) return { ...upload, twinOf };
		senders.set(upload.hash, upload.itemIndex);
		return upload;
	});
}
