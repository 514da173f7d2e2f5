import { atMost } from '../api/atMost';
import { becameVersion } from '../api/becameVersion';
import { orUnseen, PaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';

const lookupsAtOnce = 4;

/** Ids that are looked up one by one; a workflow that has more of them is told of no versions. */
const mostLookups = 20;

export const missingDocument = (id: number, parameter = 'document'): PaperlessError =>
	new PaperlessError('notFound', `There is no document ${id}`, {
		description: 'It may be in the trash, or hidden from the token’s user.',
		status: 404,
		parameter,
	});

/**
 * What is wrong with an id, if it is that of a version: from 3.0 on many routes take such an id and
 * change a row that nobody sees (docs/paperless-api.md#ids-of-versions).
 */
async function versionRefusal(
	api: PaperlessClient,
	id: number,
	parameter = 'document',
): Promise<PaperlessError | undefined> {
	const root = await api.documents.rootOf(id).catch(orUnseen);
	return root === undefined ? undefined : becameVersion(id, root, parameter);
}

/** Rejects the id of a version where the server answers as for a document that has nothing. */
export async function rejectVersion(
	api: PaperlessClient,
	id: number,
	parameter?: string,
): Promise<void> {
	const refusal = await versionRefusal(api, id, parameter);
	if (refusal) throw refusal;
}

/** The error for a document that was not found; names the document of which the id is a version. */
export const whyMissing = async (
	api: PaperlessClient,
	id: number,
	parameter?: string,
): Promise<PaperlessError> =>
	(await versionRefusal(api, id, parameter).catch(() => undefined)) ??
	missingDocument(id, parameter);

/** The same for several ids. */
export async function missingDocuments(
	api: PaperlessClient,
	ids: readonly number[],
): Promise<Map<number, PaperlessError>> {
	const atOnce = atMost(lookupsAtOnce);
	const errors = await Promise.all(
		ids.map(
			async (id, at): Promise<[number, PaperlessError]> => [
				id,
				at < mostLookups ? await atOnce(() => whyMissing(api, id)) : missingDocument(id),
			],
		),
	);
	return new Map(errors);
}
