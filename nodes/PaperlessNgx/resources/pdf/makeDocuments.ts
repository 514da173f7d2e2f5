import { isPaperlessError, PaperlessError } from '../../../api/errors';
import { inSentences } from '../../../api/inSentences';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { requireAsAsked } from '../../../api/requireAsAsked';
import { untilUnlocked } from '../../../api/untilUnlocked';
import type { Consumption } from '../../../api/schemas/task';
import type { Document } from '../../../api/schemas/document';
import { missingDocument } from '../../../documents/missingDocuments';
import { deleteDocuments } from '../../../documents/edit/deleteDocuments';
import type { Context, Output } from '../../../toolkit/operation';
import type { Pdf } from './loadPdfs';
import type { MixedFields } from './copiedFields';
import { setCopiedFields, whyNotCopied } from './copiedFields';
import { finishedOutput, loadResults, pendingOutput } from './finishedOutput';
import type { SentEdit } from './pageEdit';
import type { QueuedFiles } from './queuedFiles';
import { awaitFiles, momentBefore, startedFiles } from './queuedFiles';
import { sendEdit } from './sendEdit';
import type { WaitValues } from './waitParameters';
import { whyUnreadable } from './whyUnreadable';

type Result = {
	/** As the server names the file, derived from the ids of the documents. */
	fileName: string;
	/** The number of its pages, where it is known. */
	pages: number | undefined;
	/** The title that it gets, where the server gives it the one of the original. */
	title?: string;
};

export type Making = {
	sources: readonly Pdf[];
	/** The parameter that the sources come from. */
	parameter?: string;
	/** The edit, which leaves the deletion of the sources to the server or not. */
	edit: (deletesSources: boolean) => SentEdit;
	results: readonly Result[];
	/** An edit to the same end for users who may change the sources and do not own them. */
	otherwise?: Pick<Making, 'edit' | 'results'>;
	/** The custom fields that the server does not copy as they are. */
	mixed?: MixedFields | undefined;
	/** Whether the sources go to the trash afterwards. */
	deletesSources: boolean;
	/** The document whose serial number the result takes over when the sources are deleted. */
	numberFrom?: Pdf | undefined;
	/** Explains a file with another name that comes from the edit. */
	variant?: {
		isVariant: (fileName: string) => boolean;
		explain: (fileName: string) => PaperlessError;
	};
	/** Why the server makes nothing although it reports success. */
	notStarted?: PaperlessError;
};

/** Documents that other users add in the meantime precede the expected ones in the list. */
const roomForOthers = 50;

async function newestId(api: PaperlessClient): Promise<number> {
	const [newest] = await api.documents.list({ ordering: '-id', fields: 'id' }, { limit: 1 });
	return newest?.id ?? 0;
}

/** The documents made after `newest`, by file name. */
async function findByFileNames(
	api: PaperlessClient,
	fileNames: readonly string[],
	newest: number,
): Promise<Map<string, number>> {
	const rows = await api.documents.list(
		{ ordering: '-id', fields: 'id,original_file_name' },
		{ limit: fileNames.length + roomForOthers },
	);
	const made = rows.filter(({ id }) => id > newest);
	return new Map(
		made
			.map(({ id, original_file_name: name }): [string, number] => [String(name), id])
			.filter(([name]) => fileNames.includes(name)),
	);
}

const numbered = (ids: readonly number[]) =>
	ids.length === 1 ? `document ${ids[0]}` : `documents ${ids.join(', ')}`;

const idsOf = (outcomes: Iterable<Consumption>): number[] =>
	[...outcomes]
		.flatMap((outcome) => (outcome.status === 'created' ? (outcome.documentId ?? []) : []))
		.sort((a, b) => a - b);

const createdWords = (made: readonly number[]) =>
	made.length > 0 ? `It created ${numbered(made)}.` : '';

/** What exists although the work as a whole did not succeed. */
const remains = ({ deletesSources }: Making, made: readonly number[]): string =>
	`${createdWords(made)} ${deletesSources ? 'It deleted nothing.' : ''}`.trim();

const orWithRemains = (making: Making, made: readonly number[]) => (thrown: unknown) => {
	throw isPaperlessError(thrown) ? thrown.adding(remains(making, made)) : thrown;
};

const nothingMade = (sources: readonly Pdf[]) => {
	const ids = numbered(sources.map(({ id }) => id));
	return new PaperlessError('unavailable', `Paperless-ngx made nothing of ${ids}`, {
		description: whyUnreadable,
	});
};

const notQueued = 'It did not start this part of the work; its log contains the reason.';

function requireCreated(making: Making, outcomes: ReadonlyMap<string, Consumption>): void {
	const { results, variant, mixed } = making;
	const made = idsOf(outcomes.values());
	const names = results.map(({ fileName }) => fileName);
	const other = [...outcomes.keys()].find((name) => !names.includes(name));
	if (other !== undefined && variant) throw variant.explain(other).adding(remains(making, made));
	for (const fileName of names) {
		const outcome = outcomes.get(fileName);
		if (outcome?.status === 'pending') continue;
		if (outcome?.status === 'created' && outcome.documentId !== null) continue;
		throw new PaperlessError('unavailable', `Paperless-ngx could not create “${fileName}”`, {
			description: [
				outcome?.reason ?? notQueued,
				...(mixed ? [whyNotCopied(mixed)] : []),
				remains(making, made),
			]
				.join(' ')
				.trim(),
		});
	}
}

function requirePages(
	making: Making,
	outcomes: ReadonlyMap<string, Consumption>,
	documents: ReadonlyMap<number, Document>,
): void {
	const made = idsOf(outcomes.values());
	const missing = made.find((id) => !documents.has(id));
	if (missing !== undefined) throw missingDocument(missing).adding(remains(making, made));
	for (const { fileName, pages } of making.results) {
		const [id] = idsOf([outcomes.get(fileName) ?? { status: 'pending' }]);
		const count = id === undefined ? undefined : documents.get(id)?.page_count;
		if (pages === undefined || typeof count !== 'number' || count === pages) continue;
		throw new PaperlessError(
			'unavailable',
			`Document ${id} has ${count} pages instead of ${pages}`,
			{
				description:
					`Paperless-ngx left out what it could not open. ${remains(making, made)}`.trim(),
			},
		);
	}
}

function requireKept(ids: readonly number[], documents: ReadonlyMap<number, Document>): void {
	const gone = ids.filter((id) => !documents.has(id));
	if (gone.length === 0) return;
	throw new PaperlessError('unavailable', `The original is gone: ${numbered(gone)}`, {
		description: `Nobody asked Paperless-ngx to delete it. Look into its trash. ${createdWords([...documents.keys()])}`,
	});
}

/** The titles that the results still lack. */
async function setTitles(
	{ api }: Context,
	making: Making,
	outcomes: ReadonlyMap<string, Consumption>,
	documents: ReadonlyMap<number, Document>,
): Promise<void> {
	for (const { fileName, title } of making.results) {
		const [id] = idsOf([outcomes.get(fileName) ?? { status: 'pending' }]);
		const document = id === undefined ? undefined : documents.get(id);
		if (document === undefined || title === undefined || document.title === title) continue;
		await untilUnlocked(api, () => api.documents.update(document.id, { title }))
			.then((updated) => requireAsAsked({ title }, updated))
			.then(() => undefined, orWithRemains(making, idsOf(outcomes.values())));
		document.title = title;
	}
}

/**
 * A number belongs to one document, those in the trash included, so the holder gives it up first.
 * The server does so from 3.0 on (docs/paperless-api.md#numbers-of-merged-documents).
 */
async function passOnNumber(api: PaperlessClient, from: Pdf, to: number): Promise<void> {
	const set = async (id: number, archive_serial_number: number | null) =>
		await untilUnlocked(api, () => api.documents.update(id, { archive_serial_number }));
	await set(from.id, null);
	await set(to, from.serialNumber).catch(async (thrown: unknown) => {
		await set(from.id, from.serialNumber);
		throw thrown;
	});
}

/**
 * The originals go to the trash only when everything that was made of them is there: the server
 * itself deletes them along with results that lack pages.
 */
async function deleteSources(
	{ api }: Context,
	{ sources, numberFrom }: Making,
	documents: readonly Document[],
): Promise<void> {
	const [result] = documents;
	const isNumbered = result === undefined || Boolean(result.archive_serial_number);
	const hasNumber = numberFrom !== undefined && numberFrom.serialNumber !== null;
	if (!isNumbered && hasNumber && (await api.server()).has('documentVersions')) {
		await passOnNumber(api, numberFrom, result.id);
		result.archive_serial_number = numberFrom.serialNumber;
	}
	const ids = sources.map(({ id }) => id);
	const [refusal] = await deleteDocuments(api, ids);
	if (refusal === undefined) return;
	const [id, error] = refusal;
	const reason = isPaperlessError(error)
		? inSentences(error.message, error.description)
		: error.message;
	throw new PaperlessError('unavailable', `Document ${id} was not moved to the trash`, {
		description: `${reason} ${createdWords(documents.map((document) => document.id))}`,
	});
}

/** Sends the edit, or the other one where that is reserved for the owner. Returns what was accepted. */
async function start({ api }: Context, making: Making, deletes: boolean): Promise<Making> {
	const { sources, parameter, edit, otherwise, notStarted = nothingMade(sources) } = making;
	const edited = { documents: sources.map(({ id }) => id), parameter, unreadable: notStarted };
	return await sendEdit(api, edit(deletes), edited).then(
		() => making,
		async (thrown: unknown) => {
			if (otherwise === undefined || !isPaperlessError(thrown, 'forbidden')) throw thrown;
			await sendEdit(api, otherwise.edit(deletes), edited);
			return { ...making, ...otherwise };
		},
	);
}

/**
 * Sends an edit that makes new documents, and makes sure that they were made with all of their
 * pages. Throws PaperlessError `unavailable` where something is missing; then nothing is deleted.
 */
export async function makeDocuments(
	context: Context,
	wanted: Making,
	{ waitForResult, timeout }: WaitValues,
): Promise<Output[]> {
	const { api } = context;
	const { sources, deletesSources, variant, mixed } = wanted;
	const ids = sources.map(({ id }) => id);
	const newest = await newestId(api);
	const since = momentBefore(api);
	const making = await start(context, wanted, deletesSources && !waitForResult);
	const fileNames = making.results.map(({ fileName }) => fileName);
	const files: QueuedFiles = {
		fileNames,
		newest,
		since,
		mayBeUnlisted: sources.some(({ hasDates }) => hasDates),
		find: () => findByFileNames(api, fileNames, newest),
		...(variant && { isVariant: variant.isVariant }),
	};
	const started = await startedFiles(context, files, timeout);
	if (started !== 'unlisted' && started.size === 0) throw making.notStarted ?? nothingMade(sources);
	if (!waitForResult) return pendingOutput(ids);
	const outcomes = await awaitFiles(context, files, started, timeout);
	requireCreated(making, outcomes);
	if ([...outcomes.values()].some(({ status }) => status === 'pending')) {
		const details = {
			expected_files: fileNames,
			...(deletesSources && { originals_deleted: false }),
			...(mixed && { custom_fields_copied: false }),
		};
		return pendingOutput(ids, details);
	}
	const made = idsOf(outcomes.values());
	const documents = await loadResults(context, [...made, ...ids]);
	requirePages(making, outcomes, documents);
	await setTitles(context, making, outcomes, documents);
	const found = made.flatMap((id) => documents.get(id) ?? []);
	if (mixed) await setCopiedFields(context, mixed, found).catch(orWithRemains(making, made));
	if (deletesSources) await deleteSources(context, making, found);
	else requireKept(ids, documents);
	return await finishedOutput(context, found);
}
