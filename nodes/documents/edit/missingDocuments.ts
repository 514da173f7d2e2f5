import pLimit from 'p-limit';
import { isPaperlessError, PaperlessError } from '../../api/errors';
import type { PaperlessClient } from '../../api/paperlessClient';
import { requiredPermission } from '../../api/requiredPermission';
import { missingDocument } from '../documentsById';
import { versionRefusal } from '../versionRefusal';

const lookupsAtOnce = 4;

/** Ids that are looked up one by one; a workflow that has more of them is told of no versions. */
const mostLookups = 20;

/**
 * Rejects users who may change no documents at all. A document that they may not see would be reported
 * as missing, and they would look for it in vain.
 */
export async function requireChangePermission(
	api: PaperlessClient,
	[id = 0]: readonly number[],
): Promise<void> {
	const user = await api.system.currentUser().catch((thrown: unknown) => {
		if (isPaperlessError(thrown, 'forbidden')) return undefined;
		throw thrown;
	});
	if (user === undefined || user.permissions.includes('change_document')) return;
	throw new PaperlessError('forbidden', 'The token’s user may not do this', {
		description: requiredPermission({ method: 'PATCH', path: `api/documents/${id}/` }),
		status: 403,
	});
}

/**
 * Why ids mean no document: an id may belong to a version of another document, and the server would
 * change that hidden row without complaint (docs/paperless-api.md#ids-of-versions).
 */
export async function missingDocuments(
	api: PaperlessClient,
	ids: readonly number[],
	parameter = 'document',
): Promise<Map<number, PaperlessError>> {
	const atOnce = pLimit(lookupsAtOnce);
	const explain = async (id: number): Promise<PaperlessError> =>
		(await versionRefusal(api, id, parameter)) ?? missingDocument(id, parameter);
	const errors = await Promise.all(
		ids.map(async (id, at) =>
			at < mostLookups ? await atOnce(() => explain(id)) : missingDocument(id, parameter),
		),
	);
	return new Map(ids.map((id, at) => [id, errors[at] ?? missingDocument(id, parameter)]));
}
