import type { PdfEdit } from '../../../api/documents';
import { PaperlessError } from '../../../api/errors';
import type { Document } from '../../../api/schemas/document';
import type { Context, Json, Output } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { documentsById, missingDocument } from '../../../documents/documentsById';
import { fieldsQuery, simplified } from '../../../documents/output/presentation';
import { present } from '../../../documents/output/present';

export const waitParameters = [
	{
		displayName: 'Wait for Result',
		name: 'waitForResult',
		type: 'boolean',
		default: true,
		description: 'Whether to wait until the server has done the work and return the documents',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { waitForResult: [true] } },
		default: 300,
		description: 'Seconds to wait; what is not done by then comes back with the status “pending”',
	},
] as const satisfies readonly Parameter[];

type Waiting = ValuesOf<typeof waitParameters>;

export type Pdf = Document & { page_count?: unknown; mime_type?: unknown; versions?: unknown };

const facts = { fields: 'id,title,mime_type,page_count,archived_file_name,versions' };

export const pageCountOf = ({ page_count }: Pdf) =>
	typeof page_count === 'number' ? page_count : undefined;

/** The server passes over what is no PDF, with 200 OK (trap 52). */
export async function pdfsOf(
	{ api }: Context,
	ids: readonly number[],
	archiveWillDo = false,
	parameter = 'document',
): Promise<Pdf[]> {
	const found = await documentsById(api, ids, facts);
	return ids.map((id) => {
		const document = found.get(id);
		if (document === undefined) throw missingDocument(id, parameter);
		const isPdf = document.mime_type === 'application/pdf';
		if (isPdf || (archiveWillDo && Boolean(document.archived_file_name))) return document;
		throw new PaperlessError('invalid', `Document ${id} is not a PDF`, {
			description: `It is of the type ${String(document.mime_type)}.${document.archived_file_name && !archiveWillDo ? ' It has an archived PDF; “Archive Fallback” would use that.' : ''}`,
			parameter,
		});
	});
}

const firstPause = 500;
const longestPause = 3_000;

async function until<T>(
	{ api, now }: Context,
	seconds: number,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const deadline = now() + seconds * 1000;
	for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
		const found = await look();
		if (found !== undefined || now() + pause > deadline) return found;
		await api.wait(pause);
	}
}

async function shownAs(context: Context, ids: readonly number[]): Promise<Output[]> {
	const documents = await documentsById(context.api, ids, fieldsQuery(simplified));
	const json = await present(context, [...documents.values()], simplified);
	return json.map((document) => ({ json: { status: 'done', ...document } }));
}

const pending = (about: Json): Output[] => [{ json: { status: 'pending', ...about } }];

const newestId = async ({ api }: Context): Promise<number> => {
	const [newest] = await api.documents.list({ ordering: '-id', fields: 'id' }, { limit: 1 });
	return newest?.id ?? 0;
};

/**
 * Work that makes new documents. The server names no task for it, but gives the files names of
 * its own, by which the new documents are found (seen on 2.15, 2.20 and 3.0).
 */
export async function makeDocuments(
	context: Context,
	ids: readonly number[],
	edit: PdfEdit,
	fileNames: readonly string[],
	{ waitForResult, timeout }: Waiting,
): Promise<Output[]> {
	const before = await newestId(context);
	await context.api.documents.bulkEdit(ids, edit);
	if (!waitForResult) return pending({ documents: ids });
	const look = async () => {
		const rows = await context.api.documents.list(
			{ ordering: '-id', fields: 'id,original_file_name' },
			{ limit: fileNames.length + 50 },
		);
		const born = rows.filter(
			({ id, original_file_name }) => id > before && fileNames.includes(String(original_file_name)),
		);
		return born.length >= fileNames.length
			? born.map(({ id }) => id).sort((a, b) => a - b)
			: undefined;
	};
	const made = await until(context, timeout, look);
	return made
		? await shownAs(context, made)
		: pending({ documents: ids, expected_files: fileNames });
}

const newestVersion = ({ versions }: Pdf): unknown =>
	Array.isArray(versions) ? (versions[0] as { id?: unknown } | undefined)?.id : undefined;

/** Work on the document itself: 2.x does it before it answers, 3.0 later as a new version. */
export async function changeDocuments(
	context: Context,
	pdfs: readonly Pdf[],
	edit: PdfEdit,
	{ waitForResult, timeout }: Waiting,
): Promise<Output[]> {
	const ids = pdfs.map(({ id }) => id);
	await context.api.documents.bulkEdit(ids, edit);
	if (!waitForResult) return pending({ documents: ids });
	if (!(await context.api.server()).has('documentVersions')) return await shownAs(context, ids);
	const look = async () => {
		const now = await documentsById(context.api, ids, facts);
		const done = pdfs.every((pdf) => newestVersion(now.get(pdf.id) ?? pdf) !== newestVersion(pdf));
		return done ? ids : undefined;
	};
	const changed = await until(context, timeout, look);
	return changed ? await shownAs(context, changed) : pending({ documents: ids });
}
