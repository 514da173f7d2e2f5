import { asError } from '../../../../api/errors';
import type { Consumption } from '../../../../api/schemas/task';
import type { Context } from '../../../../toolkit/operation';
import { createNames, creationWords, withCreations } from './createNames';
import type { HashedUpload } from './hashUpload';
import type { Versions } from './lookUpFile';
import { latestVersions, lookUpFile } from './lookUpFile';
import { unlessForbidden } from '../../../../api/unlessForbidden';

/** An upload that was sent, unless its file is in the archive already. */
export type Upload = HashedUpload & {
	/** `null` if the file was not sent */
	taskId: string | null;
	/** The hash by which the server knows the file, where it differs from the planned hash */
	checksum: string;
	/** By the clock of the server, in milliseconds since 1970; undefined where a proxy hides it */
	lookedUp: number | undefined;
	consumption: Consumption;
	/** Why the wait for the consumption ended early */
	interruption?: Error;
	/** The document that another client made of the same file while this upload was under way */
	earlierTwin?: number;
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

/** Whether the fields of the upload are set on a document that has its file already. */
export const isUpdate = ({ consumption, options }: Upload): boolean =>
	consumption.status === 'duplicate' && options.onDuplicate === 'updateExisting';

/** Whether the upload made a document that can be changed now. */
export const isNewDocument = (upload: Upload): boolean =>
	upload.consumption.status === 'created' && documentIdOf(upload) !== null;

/**
 * Sends files that are not in the archive. Each is looked up first, because 3.x accepts duplicates
 * and 2.x reports them only as a failed task (docs/paperless-api.md#duplicates).
 */
export function uploadSender(context: Context): (upload: HashedUpload) => Promise<Upload> {
	const { api } = context;
	let known: Promise<Versions[]> | undefined;
	const versions = () => (known ??= unlessForbidden(latestVersions(api), []));
	return async (hashed) => {
		const upload: Upload = {
			...hashed,
			taskId: null,
			checksum: hashed.hash,
			lookedUp: undefined,
			consumption: { status: 'pending' },
		};
		if (hashed.twinOf !== undefined) return upload;
		const { existing, hash } = await lookUpFile(context, hashed, versions);
		if (existing !== undefined) {
			return { ...upload, checksum: hash, consumption: duplicateOf(hashed, existing) };
		}
		const lookedUp = api.serverTime;
		const file = { ...hashed.file, field: 'document' };
		const named = await createNames(upload);
		const taskId = await api.documents.upload(file, named.draft).catch(async (thrown: unknown) => {
			throw withCreations(asError(thrown), await creationWords(named.createdNames));
		});
		return { ...named, checksum: hash, lookedUp, taskId };
	};
}
