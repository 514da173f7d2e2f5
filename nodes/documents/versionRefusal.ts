import { becameVersion } from '../api/becameVersion';
import type { PaperlessError } from '../api/errors';
import { isPaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';

const hidden = (thrown: unknown): undefined => {
	if (isPaperlessError(thrown, 'forbidden', 'notFound')) return undefined;
	throw thrown;
};

/**
 * What is wrong with an id, if it is that of a version: from 3.0 on many routes take such an id and
 * change a row that nobody sees (docs/paperless-api.md#ids-of-versions).
 */
export async function versionRefusal(
	api: PaperlessClient,
	id: number,
	parameter = 'document',
): Promise<PaperlessError | undefined> {
	const root = await api.versions.rootOf(id).catch(hidden);
	if (root === undefined || root === id) return undefined;
	return becameVersion(id, root, parameter);
}

/** The error for a document that was not found, which names the document that it became part of. */
export const asVersion = async (
	api: PaperlessClient,
	id: number,
	error: Error,
	parameter?: string,
): Promise<Error> =>
	(isPaperlessError(error, 'notFound') && (await versionRefusal(api, id, parameter))) || error;

/** Rejects the id of a version where the server answers as for a document that has nothing. */
export async function rejectVersion(
	api: PaperlessClient,
	id: number,
	parameter?: string,
): Promise<void> {
	const refusal = await versionRefusal(api, id, parameter);
	if (refusal) throw refusal;
}
