import { orNothing, PaperlessError } from '../../../api/errors';
import { isRecord } from '../../../api/json';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { CustomFieldInstance, Document } from '../../../api/schemas/document';
import { documentId } from '../../../documents/documentParameter';
import { lostFile } from '../../../documents/lostFile';
import { requireDocuments } from '../../../documents/requireDocuments';
import type { Context } from '../../../toolkit/operation';
import type { Locator } from '../../../toolkit/parameter';
import { versionsOf } from '../shared/chosenVersions';
import { countPages } from './countPages';

/** A document whose file can be edited as a PDF. */
export type Pdf = {
	id: number;
	title: string;
	/** Of the current file; undefined where neither the server nor the file tells. */
	pageCount: number | undefined;
	/** As the server reports it, mostly of the first version. */
	firstPageCount: number | undefined;
	/** Undefined before Paperless-ngx 3.0. */
	newestVersion: number | undefined;
	serialNumber: number | null;
	customFields: readonly CustomFieldInstance[];
	/** Whether a custom field holds a date; the server may list no task for work on such a document. */
	hasDates: boolean;
};

type Source = {
	/** Whether an archived PDF stands in for an original that is not a PDF. */
	allowsArchive?: boolean;
	/** Whether the file may be protected by a password. */
	allowsLocked?: boolean;
	/** Whether the number of pages matters, which may mean to download the file. */
	countsPages?: boolean;
	/** Whether the pages of an archived PDF that stands in for an original matter as well. */
	countsArchives?: boolean;
	/** The parameter that the documents come from. */
	parameter?: string;
};

const fields =
	'id,title,mime_type,page_count,archived_file_name,versions,archive_serial_number,custom_fields';

/** Bytes. Pages of larger files are not counted here, because the whole file is read for that. */
const largestCounted = 64 * 1024 * 1024;

type CurrentFile = {
	mimeType: unknown;
	hasArchive: boolean;
	/** Null where the server could not open the file. */
	pageCount: number | null | undefined;
};

async function pagesInFile(
	api: PaperlessClient,
	id: number,
	rendition: 'archived' | 'original',
	parameter?: string,
): Promise<number | undefined> {
	const file = await api.documents.download(id, rendition).catch(orNothing);
	if (!file) throw lostFile(rendition, `document ${id}`, parameter);
	const chunks: Buffer[] = [];
	for await (const chunk of file.body) chunks.push(Buffer.from(chunk));
	return await countPages(Buffer.concat(chunks));
}

const isPdf = (mimeType: unknown): boolean => mimeType === 'application/pdf';

/**
 * What a document reports of its file is true of its first version, and before 3.3 that goes for the
 * number of pages, too (docs/paperless-api.md#page-counts). A number that the server does not know is
 * counted, because it may just not have counted the pages of a readable file.
 */
async function currentFile(
	api: PaperlessClient,
	document: Document,
	{ countsPages = true, allowsLocked = false, parameter }: Source,
): Promise<CurrentFile> {
	const { id, mime_type: mimeType, page_count: count, archived_file_name: archive } = document;
	const reported = typeof count === 'number' || count === null ? count : undefined;
	const isOnly = versionsOf(document).length < 2;
	const isReported = isOnly || (await api.server()).has('pageCountOfNewest');
	const isUnknown = reported === null && !allowsLocked && (!isOnly || isPdf(mimeType));
	const mustCount = isReported ? isUnknown : countsPages;
	if (isOnly && !mustCount) return { mimeType, hasArchive: Boolean(archive), pageCount: reported };
	const newest = await api.documents.metadata(id);
	const isSmall = Number(newest.original_size) <= largestCounted;
	const counted =
		mustCount && isPdf(newest.original_mime_type) && isSmall
			? await pagesInFile(api, id, 'original', parameter)
			: undefined;
	return {
		mimeType: newest.original_mime_type,
		hasArchive: newest.has_archive_version === true,
		pageCount: isReported ? (counted ?? reported) : counted,
	};
}

function requirePdf(
	id: number,
	{ mimeType, hasArchive, pageCount }: CurrentFile,
	{ allowsArchive = false, allowsLocked = false, parameter }: Source,
): void {
	if (!isPdf(mimeType) && !(allowsArchive && hasArchive)) {
		const hint = hasArchive ? ' “Archive Fallback” would use its archived PDF.' : '';
		throw new PaperlessError('invalid', `Document ${id} is not a PDF`, {
			description: `The type of its file is ${String(mimeType)}.${hint}`,
			parameter,
		});
	}
	if (isPdf(mimeType) && pageCount === null && !allowsLocked) {
		throw new PaperlessError('invalid', `Paperless-ngx cannot open the PDF of document ${id}`, {
			description:
				'A password protects it, or it is damaged. “Remove Password” makes a readable file from Paperless-ngx 3.0 on.',
			parameter,
		});
	}
}

const numberOf = (value: unknown): number | undefined =>
	typeof value === 'number' ? value : undefined;

const holdsDate = (document: Document): boolean =>
	(document.custom_fields ?? []).some(
		(one) =>
			isRecord(one) && typeof one.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(one.value),
	);

/**
 * Documents in the order of their ids. Throws PaperlessError `notFound` or `invalid` for the first
 * that is missing, not a PDF or not readable, because the server skips such documents with 200 OK
 * (docs/paperless-api.md#non-pdf-files, docs/paperless-api.md#unreadable-pdfs).
 */
export async function loadPdfs(
	{ api }: Context,
	ids: readonly number[],
	{ parameter = 'document', countsArchives = false, ...source }: Source = {},
): Promise<Pdf[]> {
	const pdfs: Pdf[] = [];
	for (const document of await requireDocuments(api, ids, { fields }, parameter)) {
		const file = await currentFile(api, document, { ...source, parameter });
		requirePdf(document.id, file, { ...source, parameter });
		const isArchive = countsArchives && !isPdf(file.mimeType);
		const pageCount = isArchive
			? await pagesInFile(api, document.id, 'archived', parameter)
			: file.pageCount;
		pdfs.push({
			id: document.id,
			title: String(document.title ?? ''),
			firstPageCount: numberOf(document.page_count),
			pageCount: pageCount ?? undefined,
			newestVersion: versionsOf(document)[0]?.id,
			serialNumber: document.archive_serial_number ?? null,
			customFields: document.custom_fields ?? [],
			hasDates: holdsDate(document),
		});
	}
	return pdfs;
}

export async function loadPdf(context: Context, locator: Locator, source?: Source): Promise<Pdf> {
	const id = await documentId(context.api, locator);
	const [pdf] = await loadPdfs(context, [id], source);
	return pdf as Pdf;
}
