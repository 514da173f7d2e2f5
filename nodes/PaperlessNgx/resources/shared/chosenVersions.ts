import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Document } from '../../../api/schemas/document';
import type { DocumentVersion } from '../../../api/versions';
import { idsFrom } from '../../../documents/documentIds';

/** Newest first; none before Paperless-ngx 3.0. */
export const versionsOf = ({ versions }: Document): DocumentVersion[] =>
	Array.isArray(versions) ? (versions as DocumentVersion[]) : [];

export type VersionChoice = {
	version: 'id' | 'newest' | 'original';
	/** Ids of versions, at most one for each document; counts with the version `id`. */
	ids: string;
	/** The label and the name of the parameter that the ids come from. */
	label: string;
	parameter: string;
};

const notAmong = (id: number, documents: readonly Document[], parameter: string) => {
	const choices = documents.map((document) => {
		const ids = versionsOf(document).map((version) => version.id);
		return `${ids.join(', ')} (document ${document.id})`;
	});
	return new PaperlessError('unresolved', `${id} is not a version of the document`, {
		description: `The versions: ${choices.join('; ')}.`,
		parameter,
	});
};

/**
 * The ids of the files to send, in the order of the documents. Share links, bundles and e-mails take
 * the file of the very id that is sent, and a document has the id of its first version
 * (docs/paperless-api.md#files-of-versions). Throws PaperlessError `unresolved` for an id that is not
 * a version of any of the documents, or the second of one.
 */
export async function chosenVersions(
	api: PaperlessClient,
	documents: readonly Document[],
	{ version, ids, label, parameter }: VersionChoice,
): Promise<number[]> {
	if (version !== 'id') {
		const place = version === 'newest' ? 0 : -1;
		return documents.map((document) => versionsOf(document).at(place)?.id ?? document.id);
	}
	(await api.server()).require('documentVersions');
	const chosen = new Map<Document, number>();
	for (const id of idsFrom(ids, label, parameter)) {
		const of = documents.find((document) => versionsOf(document).some((one) => one.id === id));
		if (of === undefined) throw notAmong(id, documents, parameter);
		if (chosen.has(of)) {
			const both = `Document ${of.id} can only be sent in one version`;
			throw new PaperlessError('invalid', both, {
				description: `Leave out ${chosen.get(of)} or ${id}.`,
				parameter,
			});
		}
		chosen.set(of, id);
	}
	return documents.map(
		(document) => chosen.get(document) ?? versionsOf(document)[0]?.id ?? document.id,
	);
}
