import { isPaperlessError } from '../../../api/errors';
import type { Document } from '../../../api/schemas/document';
import { explaining } from '../../../toolkit/explaining';

const namesRights = /Insufficient permissions/;

/**
 * Sends a request about versions of documents. Servers check the permissions of the version, which
 * has an owner and nobody else to see it, so others are told so
 * (docs/paperless-api.md#files-of-versions).
 */
export const sendVersions = <T>(
	documents: readonly Document[],
	versions: readonly number[],
	send: () => Promise<T>,
): Promise<T> =>
	explaining(send, (error) => {
		const isAboutRights =
			isPaperlessError(error, 'forbidden') ||
			(isPaperlessError(error, 'invalid') && namesRights.test(error.message));
		const ids = new Set(documents.map(({ id }) => id));
		const later = versions.filter((version) => !ids.has(version));
		if (!isAboutRights || later.length === 0) return error;
		return error.adding(
			`${later.join(', ')} ${later.length === 1 ? 'is a later version of its document' : 'are later versions of their documents'}, which this server may let only the owner send. Use the token of the owner.`,
		);
	});
