import { atMost } from '../../api/atMost';
import { asError, isPaperlessError } from '../../api/errors';
import type { PaperlessClient } from '../../api/paperlessClient';
import { documentsById } from '../documentsById';
import { editTogether, notDeleted } from '../editTogether';
import { missingDocuments } from '../missingDocuments';

type Refusals = Map<number, Error>;

const deletionsAtOnce = 4;

/** Deletes documents one by one and looks whether they are gone. The route distinguishes 404 from 403; the bulk route does not. */
async function deleteEach(api: PaperlessClient, ids: readonly number[]): Promise<Refusals> {
	const refusals: Refusals = new Map();
	if (ids.length === 0) return refusals;
	const atOnce = atMost(deletionsAtOnce);
	await Promise.all(
		ids.map((id) =>
			atOnce(async () => {
				const error = await api.documents.delete(id).then(() => undefined, asError);
				if (error) refusals.set(id, error);
			}),
		),
	);
	const sent = ids.filter((id) => !refusals.has(id));
	for (const id of (await documentsById(api, sent, { fields: 'id' })).keys())
		refusals.set(id, notDeleted(id));
	return refusals;
}

/** Documents that have to be deleted one by one, so that the trash keeps their versions with them. */
async function deletedAlone(
	api: PaperlessClient,
	ids: readonly number[],
): Promise<{ alone: number[]; together: number[]; missing: number[] }> {
	const server = await api.server();
	const separates = server.has('documentVersions') && !server.has('trashesVersionsTogether');
	const fields = separates ? 'id,versions' : 'id';
	const documents = await documentsById(api, ids, { fields });
	const hasVersions = (id: number) => {
		const versions = documents.get(id)?.versions;
		return separates && !(Array.isArray(versions) && versions.length <= 1);
	};
	const present = ids.filter((id) => documents.has(id));
	return {
		alone: present.filter(hasVersions),
		together: present.filter((id) => !hasVersions(id)),
		missing: ids.filter((id) => !documents.has(id)),
	};
}

/**
 * Moves documents to the trash and looks whether they are gone. From 3.0 to 3.1 a bulk deletion
 * separates a document from its versions, and the trash would restore its oldest file
 * (docs/paperless-api.md#deleted-versions). Returns the documents that are still there, with the
 * reason.
 */
export async function deleteDocuments(
	api: PaperlessClient,
	all: readonly number[],
): Promise<Refusals> {
	const ids = [...new Set(all)];
	const refusals: Refusals = new Map();
	const add = (some: ReadonlyMap<number, Error>) => {
		for (const [id, error] of some) refusals.set(id, error);
	};
	if (ids.length === 1) add(await deleteEach(api, ids));
	else if (ids.length > 1) {
		const { alone, together, missing } = await deletedAlone(api, ids);
		add(await missingDocuments(api, missing));
		if (together.length > 1)
			add(await editTogether(api, together, { method: 'delete', parameters: {} }));
		add(await deleteEach(api, together.length > 1 ? alone : [...together, ...alone]));
	}
	const unknown = ids.filter((id) => isPaperlessError(refusals.get(id), 'notFound'));
	add(await missingDocuments(api, unknown));
	return refusals;
}
