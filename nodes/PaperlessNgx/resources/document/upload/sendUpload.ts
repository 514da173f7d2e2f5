import type { Consumption } from '../../../../api/schemas/task';
import type { Context } from '../../../../toolkit/operation';
import type { HashedUpload } from './hashUpload';

/** An upload that was sent, unless its file is in the archive already. */
export type Upload = HashedUpload & {
	/** `null` if the file was not sent */
	taskId: string | null;
	consumption: Consumption;
	/** Why the wait for the consumption ended early */
	interruption?: Error;
};

export const duplicateOf = ({ file }: HashedUpload, documentId: number | null): Consumption => ({
	status: 'duplicate',
	documentId,
	inTrash: false,
	reason: `“${file.fileName}” is already in the archive as document #${documentId}.`,
});

/** The document that the file became, or that has the same file. */
export const documentIdOf = ({ consumption }: Upload): number | null =>
	'documentId' in consumption ? consumption.documentId : null;

/**
 * Sends a file that is not in the archive. Its hash is looked up first, because 3.x accepts
 * duplicates and 2.x reports them only as a failed task (docs/paperless-api.md#duplicates).
 */
export async function sendUpload({ api }: Context, hashed: HashedUpload): Promise<Upload> {
	const upload: Upload = { ...hashed, taskId: null, consumption: { status: 'pending' } };
	if (hashed.twinOf !== undefined) return upload;
	const query = { checksum__iexact: hashed.hash, fields: 'id', ordering: 'id' };
	const [existing] = await api.documents.list(query, { limit: 1 });
	if (existing) return { ...upload, consumption: duplicateOf(hashed, existing.id) };
	const file = { ...hashed.file, field: 'document' };
	return { ...upload, taskId: await api.documents.upload(file, hashed.draft) };
}
