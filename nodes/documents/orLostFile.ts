import { atMost } from '../api/atMost';
import { isPaperlessError } from '../api/errors';
import type { PaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import { explaining } from '../toolkit/explaining';
import type { Json } from '../toolkit/operation';
import { lostFile } from './lostFile';

/** The files that a request is about, by the document and, where it is not the newest, its version. */
type File = { id: number; version?: number | undefined };

type Rendition = 'archived' | 'original';

const isLost: Readonly<Record<Rendition, (metadata: Json) => boolean>> = {
	archived: (metadata) =>
		metadata.has_archive_version === true
			? metadata.archive_size === null
			: isLost.original(metadata),
	original: (metadata) => metadata.original_size === null,
};

/** The error for a file that the server knows and has no more (docs/paperless-api.md#lost-files). */
export function lostFileIn(
	metadata: Json,
	renditions: readonly Rendition[],
	id: number,
	parameter: string,
): PaperlessError | undefined {
	const lost = renditions.find((rendition) => isLost[rendition](metadata));
	return lost && lostFile(lost, `document ${id}`, parameter);
}

const looksAtOnce = 4;

/** Sends a request about files of documents. Where the server crashes over files that it has lost, they are named. */
export const orLostFile = <T>(
	api: PaperlessClient,
	files: readonly File[],
	renditions: readonly Rendition[],
	send: () => Promise<T>,
): Promise<T> =>
	explaining(send, async (error) => {
		if (!isPaperlessError(error, 'unavailable') || error.status !== 500) return error;
		const look = atMost(looksAtOnce);
		const found = await Promise.all(
			files.map(({ id, version }) =>
				look(async () => {
					const metadata = await api.documents.metadata(id, version).catch(() => ({}));
					return lostFileIn(metadata, renditions, id, 'documentIds') ?? [];
				}),
			),
		);
		const [first, ...others] = found.flat();
		if (!first) return error;
		return others.length > 0
			? first.adding(others.map(({ message }) => `${message}.`).join(' '))
			: first;
	});
