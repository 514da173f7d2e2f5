import { PaperlessError } from '../../../api/errors';
import type { DocumentVersion } from '../../../api/versions';
import type { InputFile } from '../../../toolkit/files';
import type { Context } from '../../../toolkit/operation';

/** A file that was sent to become the newest version of a document. */
export type AddedVersion = {
	status: 'created' | 'pending';
	taskId: string;
	/** `null` while the server has not consumed the file */
	version: number | null;
};

type Wish = {
	file: InputFile;
	/** As the server stores it; `null` for none */
	label: string | null;
	/** Seconds to wait for the consumption */
	timeout: number;
};

/** The version that the task made, if it is there and has its label. */
function requireVersion(
	document: number,
	versions: readonly DocumentVersion[],
	id: number | null,
	label: string | null,
): DocumentVersion {
	const version = versions.find((one) => one.id === id);
	if (version === undefined) {
		throw new PaperlessError('unavailable', `Document ${document} has no version ${id}`, {
			description: `The server reported success. The versions of the document: ${versions.map((one) => one.id).join(', ')}.`,
		});
	}
	if ((version.version_label || null) === label) return version;
	throw new PaperlessError('unavailable', `Version ${version.id} does not have its label`, {
		description: `The server added the file, but the label is ${version.version_label ? `“${version.version_label}”` : 'empty'}.`,
		parameter: 'label',
	});
}

/** Sends a file as the newest version of a document, and waits until the version is there. */
export async function addVersion(
	{ api, now }: Pick<Context, 'api' | 'now'>,
	document: number,
	{ file, label, timeout }: Wish,
): Promise<AddedVersion> {
	await api.versions.list(document);
	const taskId = await api.versions.upload(document, { ...file, field: 'document' }, label ?? '');
	const outcomes = await api.tasks.awaitAll([taskId], { timeout: timeout * 1000, now });
	const outcome = outcomes.get(taskId) ?? { status: 'pending' };
	if (outcome.status === 'failed' || outcome.status === 'duplicate') {
		throw new PaperlessError('invalid', `Paperless-ngx could not consume “${file.fileName}”`, {
			description: outcome.reason,
		});
	}
	if (outcome.status !== 'created') return { status: 'pending', taskId, version: null };
	const versions = await api.versions.list(document);
	const { id } = requireVersion(document, versions, outcome.documentId, label);
	return { status: 'created', taskId, version: id };
}
