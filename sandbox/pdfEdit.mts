import { enqueue, enqueueVersion, parse } from './consume.mts';
import type { Upload } from './consume.mts';
import { copiedValues } from './copiedValues.mts';
import { wrong } from './fields.mts';
import { crash } from './http.mts';
import type { Call } from './http.mts';
import { assemble, countPages } from './pdfPages.mts';
import type { PageOf } from './pdfPages.mts';
import type { Document, Store, Task } from './store.mts';
import { recordWork } from './tasks.mts';
import { toTheSecond } from './times.mts';
import { newestVersion, rootOf, trashInBulk } from './versionRows.mts';
import { documentsUpdated } from './workflowRuns.mts';

type Parameters = Record<string, unknown>;

/** A method that edits a whole selection, mostly later in the queue. */
export interface PdfMethod {
	parameters: readonly string[];
	ownerOnly?: (parameters: Parameters) => boolean;
	creates?: (parameters: Parameters) => boolean;
	deletes?: (parameters: Parameters, call: Call) => boolean;
	since?: 'editsPdf' | 'documentVersions';
	check(parameters: Parameters, documents: Document[], call: Call): void;
	/**
	 * Throws where the server answers that it failed. What is returned opens the files within the
	 * request and queues the results.
	 */
	start(documents: Document[], parameters: Parameters, call: Call): () => Promise<void>;
	/** Whether a file that cannot be opened is reported. Elsewhere it is only logged. */
	reportsFailure?: true;
}

const isPdf = ({ mime_type: type }: Document): boolean => type === 'application/pdf';

const fileOf = (store: Store, document: Document): Uint8Array =>
	(document.root === null ? newestVersion(store, document) : document).original.bytes;

async function pagesOf(file: Uint8Array, turn = 0): Promise<PageOf[]> {
	const count = await countPages(file);
	return Array.from({ length: count }, (_, page) => ({ file, page, turn }));
}

const hasDate = (document: Document | undefined): boolean =>
	document?.custom_fields.some(({ type, value }) => type === 'date' && value !== null) ?? false;

/** The values that 3.0 shows in the task of such an upload. */
const overridesOf = (user: number, more: object, document?: Document, title?: string): object => ({
	...(document && {
		title,
		tag_ids: document.tags,
		created: document.created.slice(0, 10),
		view_users: document.grants.view.users,
		view_groups: document.grants.view.groups,
		change_users: document.grants.change.users,
		change_groups: document.grants.change.groups,
		custom_fields: Object.fromEntries(
			document.custom_fields.map(({ field, value }) => [field, value]),
		),
	}),
	owner_id: user,
	...more,
});

/** 2.x overwrites the file. 3.0 keeps the old file as a version. */
async function update(
	call: Call,
	document: Document,
	name: string,
	pages: PageOf[],
	failure?: string,
): Promise<void> {
	const { store, profile, user } = call;
	const more = { skip_asn_if_exists: false, actor_id: user.id };
	const request: Upload = {
		bytes: await assemble(pages),
		fileName: `${document.id}_${name}.pdf`,
		type: 'application/pdf',
		tags: [],
		customFields: [],
		owner: user.id,
		overrides: overridesOf(user.id, more, document, document.title),
		untracked: hasDate(document),
		...(failure !== undefined && { failure }),
	};
	if (profile.documentVersions) {
		enqueueVersion(call, document, request, null, 'api_upload');
		return;
	}
	Object.assign(document, await parse(store, request));
	store.touch(document);
	documentsUpdated(store, [document]);
}

interface Likeness {
	document: Document;
	title: string;
}

/** Creates a document, with the metadata of another document if `like` names it. */
async function create(
	{ store, profile, user }: Call,
	fileName: string,
	pages: PageOf[],
	like?: Likeness,
	more: object = {},
	asn?: number | null,
): Promise<Task> {
	const { document, title } = like ?? {};
	const copied = document && copiedValues(store, document);
	const skip = asn ? { skip_asn_if_exists: false, asn } : { skip_asn_if_exists: true };
	return enqueue(
		store,
		{
			bytes: await assemble(pages),
			fileName,
			type: 'application/pdf',
			owner: user.id,
			tags: document?.tags ?? [],
			customFields: copied?.values ?? [],
			...(title !== undefined && { title }),
			// 2.15 dates an extracted part by the time of extraction.
			...(document && {
				created: profile.createdIsDate ? document.created : toTheSecond(store.now()),
			}),
			...(document?.correspondent && { correspondent: document.correspondent }),
			...(document?.document_type && { documentType: document.document_type }),
			...(document?.storage_path && { storagePath: document.storage_path }),
			...(asn && { asn }),
			...(copied?.failure !== undefined && { failure: copied.failure }),
			overrides: overridesOf(user.id, { ...skip, ...more }, document, title),
			untracked: profile.documentVersions && hasDate(document),
		},
		'api_upload',
	);
}

/** The originals go once everything that was made of them is consumed, and stay where that failed. */
const deleteOriginals = ({ store }: Call, documents: Document[], tasks: Task[]): void => {
	store.queue.add(() => {
		if (tasks.some(({ status }) => status !== 'success')) return;
		for (const document of documents) trashInBulk(store, document);
		if (store.profile.tasksPaged) recordWork(store, 'bulk_delete');
	});
};

function requireBooleans(parameters: Parameters, ...names: string[]): void {
	for (const name of names) {
		if (!['undefined', 'boolean'].includes(typeof parameters[name]))
			wrong(`${name} must be a boolean`);
	}
}

function requireOne(documents: Document[], label: string): void {
	if (documents.length > 1) wrong(`${label} method only supports one document`);
}

const yes = (): boolean => true;

const deletesAll = ({ delete_originals: deletes }: Parameters): boolean => deletes === true;

/** 2.x asks nobody for the permission to delete here. */
const deletesOne = (
	{ delete_original: deletes, update_document: updates }: Parameters,
	{ profile }: Call,
): boolean => profile.documentVersions && deletes === true && updates !== true;

const rotate: PdfMethod = {
	parameters: ['degrees', 'source_mode'],
	ownerOnly: yes,
	check: ({ degrees: angle }, _, { profile }) => {
		if (profile.like33 && Number(angle) % 90 !== 0) wrong('degrees must be a multiple of 90');
		if (angle === undefined || !Number.isInteger(Number(angle))) wrong('invalid rotation degrees');
	},
	start:
		(documents, { degrees: angle }, call) =>
		async () => {
			if (Number(angle) === 0 || Number(angle) % 90 !== 0) return;
			for (const document of documents.filter(isPdf)) {
				const turned = await pagesOf(fileOf(call.store, document), Number(angle)).catch(() => []);
				if (turned.length > 0) await update(call, document, 'rotated', turned);
			}
		},
};

const merge: PdfMethod = {
	parameters: ['metadata_document_id', 'delete_originals', 'archive_fallback', 'source_mode'],
	ownerOnly: deletesAll,
	deletes: deletesAll,
	creates: yes,
	check: (parameters) => requireBooleans(parameters, 'delete_originals', 'archive_fallback'),
	start: (documents, parameters, call) => {
		const { metadata_document_id: id, delete_originals: deletes } = parameters;
		const like = documents.find((document) => document.id === Number(id));
		if (id !== undefined && id !== null && like === undefined) crash();
		return async () => {
			const opened = await Promise.all(
				documents.map(async (document) => {
					const file = isPdf(document)
						? fileOf(call.store, document)
						: parameters['archive_fallback'] === true && document.archive?.bytes;
					return { document, pages: file ? await pagesOf(file).catch(() => []) : [] };
				}),
			);
			const usable = opened.filter(({ pages }) => pages.length > 0);
			if (usable.length === 0) return;
			const numbered = usable.find(({ document }) => document.archive_serial_number !== null);
			const holder = like?.archive_serial_number ? like : numbered?.document;
			const asn = holder?.archive_serial_number;
			const keepsNumber = deletes === true && call.profile.documentVersions && asn;
			const ids = usable.map(({ document }) => document.id).join('_');
			const name = `${ids.slice(0, 100)}_merged.pdf`;
			const metadata = like && {
				document: like,
				title: `${like.title} (merged)`,
			};
			if (keepsNumber && holder) holder.archive_serial_number = null;
			const pages = usable.flatMap((one) => one.pages);
			const task = await create(call, name, pages, metadata, {}, keepsNumber ? asn : undefined);
			if (!deletes) return;
			deleteOriginals(
				call,
				usable.map(({ document }) => document),
				[task],
			);
		};
	},
};

/** Pages are counted from 1. For page 0 Python therefore reads index -1, the last page. */
const pageIndex = (page: number, count: number): number => (page === 0 ? count - 1 : page - 1);

const readRanges = (pages: string): [number, number][] =>
	pages.split(',').map((part) => {
		const [from, to = from] = part.split('-').map((text) => text.trim());
		if (!/^\d+$/.test(from ?? '') || !/^\d+$/.test(to ?? '')) wrong('invalid pages specified');
		return [Number(from), Number(to)];
	});

const split: PdfMethod = {
	parameters: ['pages', 'delete_originals', 'source_mode'],
	ownerOnly: deletesAll,
	deletes: deletesAll,
	creates: yes,
	check: (parameters, documents) => {
		const { pages } = parameters;
		if (pages === undefined) wrong('pages not specified');
		requireOne(documents, 'Split');
		if (typeof pages !== 'string') return crash();
		readRanges(pages);
		requireBooleans(parameters, 'delete_originals');
	},
	start:
		(documents, { pages, delete_originals: deletes }, call) =>
		async () => {
			const [document] = documents;
			if (document === undefined || !isPdf(document)) return;
			const file = fileOf(call.store, document);
			const count = await countPages(file);
			const ranges = readRanges(String(pages));
			if (ranges.some(([from, to]) => from <= to && to > count)) return;
			const tasks: Task[] = [];
			for (const [index, [from, to]] of ranges.entries()) {
				const chosen = Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => ({
					file,
					page: pageIndex(from + step, count),
				}));
				if (chosen.length === 0) continue;
				const title = `${document.title} (split ${index + 1})`;
				const name = `${document.id}_${from}-${to}.pdf`;
				tasks.push(await create(call, name, chosen, { document, title }));
			}
			if (deletes) deleteOriginals(call, documents, tasks);
		},
};

const deletePages: PdfMethod = {
	parameters: ['pages', 'source_mode'],
	ownerOnly: yes,
	check: ({ pages }, documents) => {
		if (pages === undefined) wrong('pages not specified');
		requireOne(documents, 'Delete pages');
		if (!Array.isArray(pages)) return wrong('pages must be a list');
		if (!pages.every((page) => Number.isInteger(page))) wrong('pages must be a list of integers');
	},
	start:
		(documents, { pages }, call) =>
		async () => {
			const [document] = documents;
			if (document === undefined || !isPdf(document)) return;
			const all = await pagesOf(fileOf(call.store, document));
			const gone = (pages as number[]).map((page) => pageIndex(page, all.length));
			if (gone.some((page) => page >= all.length)) return;
			const kept = all.filter(({ page }) => !gone.includes(page));
			const empty = 'ValueError: max_workers must be greater than 0';
			await update(call, document, 'pages_deleted', kept, kept.length === 0 ? empty : undefined);
		},
};

interface Operation {
	page: number;
	rotate?: number;
	doc?: number;
}

const edit: PdfMethod = {
	since: 'editsPdf',
	reportsFailure: true,
	parameters: [
		'operations',
		'update_document',
		'include_metadata',
		'delete_original',
		'source_mode',
	],
	ownerOnly: yes,
	creates: ({ update_document: updates }) => updates !== true,
	deletes: deletesOne,
	check: (parameters, documents) => {
		const { operations } = parameters;
		if (operations === undefined) wrong('operations not specified');
		requireOne(documents, 'Edit PDF');
		if (!Array.isArray(operations)) return wrong('operations must be a list');
		for (const operation of operations as unknown[]) {
			if (typeof operation !== 'object' || operation === null) wrong('invalid operation entry');
			const { page, rotate: turn = 0, doc = 0 } = operation as Partial<Operation>;
			for (const [name, value] of Object.entries({ page, rotate: turn, doc })) {
				if (!Number.isInteger(value)) wrong(`${name} must be an integer`);
			}
		}
		requireBooleans(parameters, 'update_document', 'include_metadata', 'delete_original');
		const given = operations as Operation[];
		if (parameters['update_document'] === true && given.some(({ doc }) => (doc ?? 0) > 0)) {
			wrong('update_document only allowed with a single output document');
		}
		const count = documents[0]?.page_count;
		const outside = count && given.find(({ page }) => page < 1 || page > count);
		if (outside) wrong(`Page ${outside.page} is out of bounds for document with ${count} pages.`);
	},
	start: (documents, parameters, call) => {
		const operations = parameters['operations'] as Operation[];
		const source = documents[0] ?? crash();
		const document = rootOf(call.store, source);
		const isOdd = operations.some(({ rotate: turn = 0 }) => turn % 90 !== 0);
		if (operations.length === 0 || isOdd || !isPdf(source)) crash();
		return async () => {
			const file = fileOf(call.store, source);
			const outputs: PageOf[][] = [];
			const count = await countPages(file);
			if (operations.some(({ page }) => page > count)) crash();
			for (const { page, rotate: turn = 0, doc = 0 } of operations) {
				(outputs[doc] ??= []).push({ file, page: page - 1, turn });
			}
			if (parameters['update_document'] === true) {
				await update(call, document, 'edited', outputs.flat());
				return;
			}
			const keeps = parameters['include_metadata'] !== false;
			const tasks: Task[] = [];
			for (const [index, pages] of outputs.entries()) {
				const like = keeps ? { document, title: document.title } : undefined;
				const name = `${document.id}_edit_${index + 1}.pdf`;
				tasks.push(await create(call, name, pages, like, { actor_id: call.user.id }));
			}
			if (parameters['delete_original'] === true) deleteOriginals(call, documents, tasks);
		};
	},
};

/** The sandbox cannot decrypt. This password opens every file and yields an empty page. */
const password = 'secret';

const removePassword: PdfMethod = {
	since: 'documentVersions',
	parameters: ['password', 'update_document', 'include_metadata', 'delete_original', 'source_mode'],
	ownerOnly: yes,
	creates: ({ update_document: updates }) => updates !== true,
	deletes: deletesOne,
	check: (parameters) => {
		const { password: given } = parameters;
		if (given === undefined) wrong('password not specified');
		if (typeof given !== 'string') wrong('password must be a string');
		requireBooleans(parameters, 'update_document', 'include_metadata', 'delete_original');
	},
	start: (documents, parameters, call) => {
		const isLocked = (document: Document): boolean =>
			newestVersion(call.store, document).page_count === null;
		const isWrong = parameters['password'] !== password;
		if (documents.some((document) => !isPdf(document) || (isWrong && isLocked(document)))) crash();
		return async () => {
			const tasks: Task[] = [];
			for (const document of documents.filter(isLocked)) {
				if (parameters['update_document'] === true) {
					await update(call, document, 'unprotected', []);
					continue;
				}
				const keeps = parameters['include_metadata'] !== false;
				const like = keeps ? { document, title: document.title } : undefined;
				tasks.push(await create(call, `${document.id}_unprotected.pdf`, [], like));
			}
			if (parameters['delete_original'] === true && tasks.length > 0)
				deleteOriginals(call, documents, tasks);
		};
	},
};

export const pdfMethods: Record<string, PdfMethod> = {
	rotate,
	merge,
	split,
	delete_pages: deletePages,
	edit_pdf: edit,
	remove_password: removePassword,
};
