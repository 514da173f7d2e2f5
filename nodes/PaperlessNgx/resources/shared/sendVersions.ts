import { asError, isPaperlessError } from '../../../api/errors';
import type { Document } from '../../../api/schemas/document';

const namesRights = /Insufficient permissions/;

/**
 * Sends a request about versions of documents. Servers check the permissions of the version, which
 * has an owner and nobody else to see it, so others are told so
 * (docs/paperless-api.md#files-of-versions).
 */
export async function sendVersions<T>(
	documents: readonly Document[],
	versions: readonly number[],
	send: () => Promise<T>,
): Promise<T> {
	try {
		return await send();
	} catch (thrown) {
		const error = asError(thrown);
		const isAboutRights =
			isPaperlessError(error, 'forbidden') ||
			(isPaperlessError(error, 'invalid') && namesRights.test(error.message));
		const ids = new Set(documents.map(({ id }) => id));
		const later = versions.filter((version) => !ids.has(version));
		if (!isAboutRights || later.length === 0) throw error;
		throw error.adding(
			`${later.join(', ')} ${later.length === 1 ? 'is a later version of its document' : 'are later versions of their documents'}, which this server may let only the owner send. Use the token of the owner.`,
		);
	}
}
