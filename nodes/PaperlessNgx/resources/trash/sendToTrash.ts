import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { together } from '../../../api/together';
import type { TrashRow } from '../../../api/trash';
import { isVersionRow } from '../../../api/trash';
import { idFrom } from '../../../documents/documentIds';
import { TrashRows } from './trashRows';

const parameter = 'documentId';

export function trashedId(text: string): number | Error {
	try {
		return idFrom(text, 'Document ID', parameter);
	} catch (thrown) {
		return asError(thrown);
	}
}

export const isVersion = (id: number, root: number) =>
	new PaperlessError('invalid', `Document ${id} is a version of document ${root}`, {
		description: `The trash keeps a document and its versions together. Use the ID ${root}.`,
		parameter,
	});

export const notInTrash = (id: number) =>
	new PaperlessError('notFound', `Document ${id} is not in the trash`, {
		description:
			'The document may still be in the archive, or may already have been deleted permanently. “Get Many” lists the documents in the trash.',
		parameter,
	});

/** An id that is not in the trash is the only reason for which the server rejects a list of ids. */
async function explained(api: PaperlessClient, id: number, error: Error): Promise<Error> {
	if (!isPaperlessError(error, 'invalid')) return error;
	// From 3.2 on the trash does not list the versions of a document that is in it.
	const root = await api.documents.rootOf(id).catch(() => undefined);
	return root === undefined ? notInTrash(id) : isVersion(id, root);
}

type Sent = {
	/** By the text of an id: the id that the server accepted, or the reason why it was not sent or was rejected. */
	results: Map<string, number | Error>;
	accepted: number[];
};

/**
 * Restores documents from the trash, or deletes them permanently (`empty`), with the versions that
 * `companions` returns. One id that cannot be used does not affect the others.
 */
export async function sendToTrash(
	api: PaperlessClient,
	action: 'restore' | 'empty',
	texts: readonly string[],
	rows: TrashRows,
	companions: (id: number) => readonly TrashRow[],
): Promise<Sent> {
	const results = new Map(texts.map((text) => [text, trashedId(text)]));
	for (const [text, id] of results) {
		const row = typeof id === 'number' ? rows.get(id) : undefined;
		if (row && isVersionRow(row)) results.set(text, isVersion(row.id, Number(row.root_document)));
	}
	const ids = [...results.values()].filter((id) => typeof id === 'number');
	const refusals = await together(ids, ([first, ...others]) =>
		api.trash.act(action, [
			first,
			...others,
			...[first, ...others].flatMap((id) => companions(id).map((row) => row.id)),
		]),
	);
	for (const [text, id] of results) {
		const refusal = id instanceof Error ? undefined : refusals.get(id);
		if (refusal && typeof id === 'number') results.set(text, await explained(api, id, refusal));
	}
	const accepted = [...new Set(results.values())].filter((id) => typeof id === 'number');
	return { results, accepted };
}

/** The trash where it may contain versions; the servers before 3.0 have none, and need no look. */
export async function rowsWithVersions(api: PaperlessClient): Promise<TrashRows> {
	const hasVersions = (await api.currentServer()).has('documentVersions');
	return new TrashRows(hasVersions ? await api.trash.rows() : []);
}

/** An error of a look after an accepted request: what was asked for has probably happened. */
export const afterwards = (thrown: unknown): Error =>
	isPaperlessError(thrown)
		? thrown.adding('Paperless-ngx accepted the request, but its effect could not be checked.')
		: asError(thrown);
