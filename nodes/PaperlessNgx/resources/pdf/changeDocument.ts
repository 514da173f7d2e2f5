import type { PdfEdit } from '../../../api/bulkEdit';
import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Document } from '../../../api/schemas/document';
import { until } from '../../../api/until';
import { missingDocument } from '../../../documents/missingDocuments';
import type { Context, Output } from '../../../toolkit/operation';
import type { Pdf } from './loadPdfs';
import { loadPdfs } from './loadPdfs';
import type { SentEdit } from './pageEdit';
import { sendEdit } from './sendEdit';
import { whyUnreadable } from './whyUnreadable';
import { finishedOutput, loadResults, pendingOutput } from './finishedOutput';
import { awaitFiles, momentBefore, startedFiles } from './queuedFiles';
import type { WaitValues } from './waitParameters';

export type Change = {
	sent: SentEdit;
	/** The number of pages afterwards, where it is known. */
	pages?: number | undefined;
	/** Why the server makes nothing of the document although it reports success. */
	notStarted?: PaperlessError;
};

/** How the server calls the file of a new version, after the id of the document. */
const suffixes: Readonly<Record<PdfEdit['method'], string>> = {
	delete_pages: 'pages_deleted',
	edit_pdf: 'edited',
	merge: 'merged',
	remove_password: 'unprotected',
	rotate: 'rotated',
	split: 'split',
};

const unchanged = (id: number) =>
	new PaperlessError('unavailable', `Paperless-ngx did not change document ${id}`, {
		description: whyUnreadable,
		parameter: 'document',
	});

function requirePages(id: number, count: unknown, pages: number | undefined): void {
	if (pages === undefined || typeof count !== 'number' || count === pages) return;
	throw new PaperlessError('unavailable', `Document ${id} has ${count} pages instead of ${pages}`, {
		description: 'The server reported success. Its log may contain the reason.',
		parameter: 'document',
	});
}

async function resultOf(context: Context, id: number): Promise<Document> {
	const document = (await loadResults(context, [id])).get(id);
	if (document) return document;
	throw missingDocument(id);
}

const checksumOf = async ({ documents }: PaperlessClient, id: number) =>
	(await documents.metadata(id)).original_checksum;

/** Milliseconds in which a changed file shows up, though servers change it before they reply. */
const longestChange = 5_000;

/** Paperless-ngx 2.x replaces the file before it replies (docs/paperless-api.md#unreadable-pdfs). */
async function changeFile(
	context: Context,
	{ id }: Pdf,
	{ sent, pages, notStarted = unchanged(id) }: Change,
	{ waitForResult }: WaitValues,
): Promise<Output[]> {
	const { api, now } = context;
	const before = await checksumOf(api, id);
	await sendEdit(api, sent, { documents: [id], unreadable: notStarted });
	const look = async () => ((await checksumOf(api, id)) === before ? undefined : true);
	const pace = { first: 500, longest: 2_000, timeout: longestChange };
	if (!(await until({ wait: api.wait, now }, look, pace))) throw notStarted;
	if (!waitForResult) return pendingOutput([id]);
	const document = await resultOf(context, id);
	requirePages(id, document.page_count, pages);
	return await finishedOutput(context, [document]);
}

/** Paperless-ngx 3.0 queues the changed file as a new version. */
async function addVersion(
	context: Context,
	{ id, newestVersion = id, hasDates }: Pdf,
	{ sent, pages, notStarted = unchanged(id) }: Change,
	{ waitForResult, timeout }: WaitValues,
): Promise<Output[]> {
	const { api } = context;
	const fileName = `${id}_${suffixes[sent.edit.method]}.pdf`;
	const newestOf = async () => {
		const [newest] = await api.versions.list(id);
		return newest && newest.id > newestVersion ? newest.id : undefined;
	};
	const files = {
		fileNames: [fileName],
		newest: newestVersion,
		since: momentBefore(api),
		mayBeUnlisted: hasDates,
		find: async () => {
			const newest = await newestOf();
			return new Map(newest === undefined ? [] : [[fileName, newest]]);
		},
	};
	await sendEdit(api, sent, { documents: [id], unreadable: notStarted });
	const started = await startedFiles(context, files, timeout);
	if (started !== 'unlisted' && started.size === 0) throw notStarted;
	if (!waitForResult) return pendingOutput([id]);
	const outcomes = await awaitFiles(context, files, started, timeout);
	const outcome = outcomes.get(fileName) ?? { status: 'pending' };
	if (outcome.status === 'pending') return pendingOutput([id]);
	if (outcome.status !== 'created') {
		throw new PaperlessError('unavailable', `Paperless-ngx could not change document ${id}`, {
			description: outcome.reason,
			parameter: 'document',
		});
	}
	if ((await newestOf()) === undefined) throw unchanged(id);
	if (pages !== undefined) {
		const [changed] = await loadPdfs(context, [id]);
		requirePages(id, changed?.pageCount, pages);
	}
	const document = await resultOf(context, id);
	return await finishedOutput(context, [document]);
}

/**
 * Sends an edit of the document itself and makes sure that it was made. Throws PaperlessError
 * `unavailable` where the server reports success and leaves the document as it is.
 */
export async function changeDocument(
	context: Context,
	pdf: Pdf,
	change: Change,
	waiting: WaitValues,
): Promise<Output[]> {
	const hasVersions = (await context.api.server()).has('documentVersions');
	return hasVersions
		? await addVersion(context, pdf, change, waiting)
		: await changeFile(context, pdf, change, waiting);
}
