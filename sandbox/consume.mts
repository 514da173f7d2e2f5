import { randomUUID } from 'node:crypto';
import { UnreadableFile, isConsumable, readContents, sniffType } from './contents.mts';
import { addTags } from './classification.mts';
import { checkValue, setValue } from './customFieldValues.mts';
import { maxAsn } from './documents.mts';
import { boolean, integer, reference, references, text, validate, wrong } from './fields.mts';
import type { Check, Field } from './fields.mts';
import { logCreation } from './history.mts';
import { crash, data, ok, plain } from './http.mts';
import type { Call, Reply, Route, UploadedFile } from './http.mts';
import { knownText } from './knownPictures.mts';
import { matches } from './matching.mts';
import { may, maySee } from './permissions.mts';
import { noGrants } from './store.mts';
import type {
	Document,
	FieldValue,
	Matching,
	Store,
	StoredFile,
	Task,
	TaskStatus,
} from './store.mts';
import { datesIn } from './textDates.mts';
import { createdAt, dayOf, instant, midnight, toTheSecond } from './times.mts';
import { BrokenTemplate, renderTitle } from './titleTemplate.mts';
import { consumptionStarted, documentAdded, documentsUpdated } from './workflowRuns.mts';

export interface Upload {
	bytes: Uint8Array;
	fileName: string;
	type: string;
	title?: string;
	created?: string;
	correspondent?: number;
	documentType?: number;
	storagePath?: number;
	tags: number[];
	asn?: number;
	customFields: FieldValue[];
	owner: number | null;
	/** The rule that fetched the mail with the file. */
	mailRule?: number;
	/** The message of the crash if the server cannot copy the values of another document. */
	failure?: string;
	/** The values that the task shows if they differ from the requested ones. */
	overrides?: object;
	/** 3.0 loses the task of an upload that copies a date. */
	untracked?: boolean;
}

const file: Check = (value) => {
	const notAFile = 'The submitted data was not a file. Check the encoding type on the form.';
	if (typeof value === 'string') return wrong(notAFile);
	const given = value as UploadedFile;
	const name = baseName(given.name);
	if (name === '' || name === '.' || name === '..') return wrong(notAFile);
	if (given.bytes.length === 0) return wrong('The submitted file is empty.');
	const type = sniffType(given.bytes);
	if (!isConsumable(type)) return wrong(`File type ${type} not supported`);
	// Nothing is left of such a name for the file that the server writes.
	if (name.replace(/[.\s<>:"|?*]/g, '') === '' || Buffer.byteLength(name) > 255) return crash();
	return { ...given, type };
};

const ids: Check = (value, store) =>
	(references('custom_fields')(value, store) as number[]).map((field) => ({ field, value: null }));

/** Values by the ids of their fields, or only ids. */
const fieldValues =
	(apiVersion: number): Check =>
	(text, store) => {
		const json = parseJson(String(text));
		if (typeof json !== 'object' || json === null || Array.isArray(json)) {
			const list = [json].flat();
			if (!list.every((id) => Number.isInteger(id))) {
				wrong('Custom fields must be a list of integers or an object mapping ids to values.');
			}
			if (!list.every((id) => store.custom_fields.rows.has(id as number))) {
				wrong("Some custom fields don't exist or were specified twice.");
			}
			return ids(list, store);
		}
		return Object.entries(json).map(([key, value]) => {
			if (!/^\d+$/.test(key)) wrong(`Custom field id must be an integer: ${key}`);
			const field =
				store.custom_fields.get(Number(key)) ?? wrong(`Custom field with id ${key} does not exist`);
			return { field: field.id, value: checkValue(store, field, value, apiVersion) };
		});
	};

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return wrong('Value must be valid JSON.');
	}
}

const uploadFields = ({ profile, apiVersion }: Call): Record<string, Field> => ({
	document: { check: file, required: 'No file was submitted.' },
	created: { check: instant },
	title: { check: text({ blank: true }) },
	correspondent: { check: reference('correspondents') },
	document_type: { check: reference('document_types') },
	storage_path: { check: reference('storage_paths') },
	tags: { check: references('tags') },
	archive_serial_number: { check: integer({ min: 0, max: maxAsn }) },
	custom_fields: { check: profile.uploadTakesFieldValues ? fieldValues(apiVersion) : ids },
	from_webui: { check: boolean },
});

/** An empty field counts as missing, unless the server expects a list. */
function readForm(call: Call, fields: Record<string, Field>): Record<string, unknown> {
	data(call);
	const { body, store, profile } = call;
	const { values, files } = body.kind === 'form' ? body : { values: new Map(), files: new Map() };
	const lists = profile.uploadTakesFieldValues ? ['tags'] : ['tags', 'custom_fields'];
	const given: Record<string, unknown> = {};
	for (const [name, texts] of values) {
		const last = texts.at(-1);
		if (lists.includes(name)) given[name] = texts;
		else if (last !== '' || name === 'custom_fields') given[name] = last;
	}
	return validate(fields, { ...given, ...Object.fromEntries(files) }, store, false);
}

/** A new version takes only a file and a label. */
export function versionUpload(
	call: Call,
	fields: Record<string, Field>,
): { request: Upload; values: Record<string, unknown> } {
	const { document } = uploadFields(call);
	const values = readForm(call, { ...fields, document: document as Field });
	const { bytes, name, type } = values['document'] as UploadedFile;
	const request = { bytes, fileName: baseName(name), type, tags: [], customFields: [] };
	return { request: { ...request, owner: call.user.id }, values };
}

const baseName = (name: string): string => name.split(/[/\\]/).at(-1) ?? name;

function readUpload(call: Call): Upload & { isFromWeb: boolean } {
	const { profile, user } = call;
	const fields = readForm(call, uploadFields(call));
	const { bytes, name, type } = fields['document'] as UploadedFile;
	const wishes = {
		title: fields['title'],
		created: fields['created'] && createdAt(fields['created'] as string, profile),
		correspondent: fields['correspondent'],
		documentType: fields['document_type'],
		storagePath: fields['storage_path'],
		asn: fields['archive_serial_number'],
	};
	const made = Object.entries(wishes).filter(([, value]) => value !== undefined && value !== null);
	return {
		bytes,
		fileName: baseName(name),
		type,
		tags: (fields['tags'] ?? []) as number[],
		customFields: (fields['custom_fields'] ?? []) as FieldValue[],
		owner: user.id,
		isFromWeb: fields['from_webui'] === true,
		...Object.fromEntries(made),
	};
}

function upload(call: Call): Reply {
	if (call.profile.uploadNeedsPermission && !may(call.store, call.user, 'add_document')) {
		return plain(403, 'Insufficient permissions');
	}
	const { isFromWeb, ...request } = readUpload(call);
	return ok(enqueue(call.store, request, isFromWeb ? 'web_ui' : 'api_upload').task_id);
}

export function enqueue(store: Store, request: Upload, source: string): Task {
	const task = addTask(
		store,
		request,
		source,
		request.overrides ?? overridesOf(request),
		request.owner,
	);
	const make = () => consume(store, request, source);
	const added = (document: Document) => announce(store, document);
	store.queue.add(() => run(store, task, request, make, added));
	return task;
}

export function enqueueVersion(
	{ store, user }: Call,
	root: Document,
	request: Upload,
	label: string | null,
	source = 'web_ui',
): Task {
	const overrides = request.overrides ?? {
		skip_asn_if_exists: false,
		...(label !== null && { version_label: label }),
		actor_id: user.id,
	};
	const task = addTask(store, request, source, overrides, source === 'web_ui' ? null : user.id);
	const make = async () => {
		if (request.failure) throw stumble(request.fileName, request.failure);
		const { title, created } = root;
		const parsed = await parse(store, request);
		return addVersion(store, root, place(store, { ...request, title, created }, parsed), label);
	};
	const added = () => documentsUpdated(store, [root]);
	store.queue.add(() => run(store, task, request, make, added));
	return task;
}

export function addVersion(
	store: Store,
	root: Document,
	version: Document,
	label: string | null,
): Document {
	Object.assign(version, { root: root.id, version_label: label, owner: root.owner });
	root.versions.push(version.id);
	root.modified = store.now();
	return version;
}

function addTask(
	store: Store,
	request: Upload,
	source: string,
	overrides: object,
	owner: number | null,
): Task {
	const task: Omit<Task, 'id'> = {
		task_id: randomUUID(),
		task_type: 'consume_file',
		trigger_source: source,
		status: 'pending',
		date_created: store.now(),
		date_started: null,
		date_done: null,
		input_data: {
			filename: request.fileName,
			mime_type: request.type,
			...(request.mailRule && { mailrule_id: request.mailRule }),
			overrides,
		},
		result_data: null,
		result: null,
		related_document: null,
		acknowledged: false,
		owner,
	};
	return request.untracked ? { id: 0, ...task } : store.tasks.add(task);
}

/** 3.0 shows the requested values of an upload in its task. */
const overridesOf = (request: Upload): object => ({
	filename: request.fileName,
	...(request.title !== undefined && { title: request.title }),
	...(request.correspondent && { correspondent_id: request.correspondent }),
	...(request.documentType && { document_type_id: request.documentType }),
	...(request.storagePath && { storage_path_id: request.storagePath }),
	...(request.tags.length > 0 && { tag_ids: request.tags }),
	...(request.created && { created: request.created.slice(0, 10) }),
	...(request.asn !== undefined && { asn: request.asn }),
	owner_id: request.owner,
	...(request.customFields.length > 0 && {
		custom_fields: Object.fromEntries(
			request.customFields.map(({ field, value }) => [field, value]),
		),
	}),
	skip_asn_if_exists: false,
});

/** Ends a task without a document. */
class ConsumptionFailed extends Error {
	readonly status: TaskStatus = 'failure';
	readonly related: number | null;
	readonly data: Record<string, unknown>;
	constructor(message: string, data: Record<string, unknown>, related: number | null = null) {
		super(message);
		this.data = data;
		this.related = related;
	}
}

/** A workflow discarded the file, which the server counts as a success. */
class Discarded extends ConsumptionFailed {
	override readonly status = 'success';
	constructor() {
		const reason = 'Document deleted by workflow action during consumption';
		super(reason, { reason });
	}
}

async function run(
	store: Store,
	task: Task,
	request: Upload,
	make: () => Promise<Document>,
	added: (document: Document) => void | Promise<void>,
): Promise<void> {
	const { queueSeconds, consumptionSeconds, ocrSeconds } = store.settings;
	await store.queue.pass(queueSeconds);
	task.status = 'started';
	task.date_started = store.now();
	await store.queue.pass(consumptionSeconds + (request.type.startsWith('image/') ? ocrSeconds : 0));
	try {
		const document = await make();
		logCreation(store, document, request);
		await added(document);
		task.status = 'success';
		task.result_data = { document_id: document.id };
		task.result = `Success. New document id ${document.id} created`;
		task.related_document = document.id;
	} catch (error) {
		if (!(error instanceof ConsumptionFailed)) throw error;
		task.status = error.status;
		task.result = error.message;
		task.result_data = error.data;
		task.related_document = error.related;
	}
	task.date_done = store.now();
}

/** Workflows can announce a document before clients can read it. */
async function announce(store: Store, document: Document): Promise<void> {
	documentAdded(store, document);
	const { commitSeconds, workers } = store.settings;
	if (commitSeconds === 0) return;
	store.documents.delete(document.id);
	// Workers do not end in the order in which they began.
	await store.queue.pass(commitSeconds * (workers - (document.id % workers)));
	store.documents.rows.set(document.id, document);
}

export async function consume(
	store: Store,
	request: Upload,
	source = 'api_upload',
): Promise<Document> {
	refuseDuplicate(store, store.hash(request.bytes), request.fileName);
	refuseTakenNumber(store, request);
	if (request.failure) throw stumble(request.fileName, request.failure);
	const beginning = consumptionStarted(store, request, source);
	if (beginning.discarded) throw new Discarded();
	const document = place(store, request, await parse(store, request));
	beginning.apply(document);
	return document;
}

export async function parse(
	store: Store,
	{ bytes, fileName, type }: Pick<Upload, 'bytes' | 'fileName' | 'type'>,
): Promise<Parsed> {
	const original: StoredFile = { bytes, checksum: store.hash(bytes) };
	const contents = await readContents(bytes, type, store.profile.pdfAlwaysArchived).catch(
		(error: unknown) => {
			if (!(error instanceof UnreadableFile)) throw error;
			throw failed(
				fileName,
				`Error occurred while consuming document ${fileName}: InputFileError: `,
			);
		},
	);
	const archive = contents.archive && {
		bytes: contents.archive,
		checksum: store.hash(contents.archive),
	};
	const content = contents.text || knownText(bytes);
	return { original, archive, content, page_count: contents.pages };
}

/** The first date in a text, or the current time if there is none. */
function dateOf(store: Store, text: string): string {
	const [day] = datesIn(text, store.today());
	return day === undefined ? createdAt(toTheSecond(store.now()), store.profile) : midnight(day);
}

type Parsed = Pick<Document, 'original' | 'archive' | 'content' | 'page_count'>;

/**
 * Gives a document its metadata: the requested values first, then the objects that match its text.
 */
export function place(store: Store, request: Upload, parsed: Parsed): Document {
	const matching = <T extends Matching>(rows: Iterable<T>): T[] =>
		[...rows].filter((row) => matches(row, parsed.content));
	const owner = store.users.get(request.owner);
	const inbox = store.tags.filter((tag) => tag.is_inbox_tag && (!owner || maySee(tag, owner)));
	const added = store.now();
	const document = store.documents.add({
		...parsed,
		root: null,
		versions: [],
		version_label: null,
		title: [...titleOf(store, request)].slice(0, 127).join(''),
		correspondent: request.correspondent ?? matching(store.correspondents.values())[0]?.id ?? null,
		document_type: request.documentType ?? matching(store.document_types.values())[0]?.id ?? null,
		storage_path: request.storagePath ?? matching(store.storage_paths.values())[0]?.id ?? null,
		tags: [],
		created: request.created ?? dateOf(store, parsed.content),
		added,
		modified: added,
		deleted_at: null,
		deletedWith: null,
		archive_serial_number: request.asn ?? null,
		original_file_name: request.fileName,
		custom_fields: [],
		notes: [],
		mime_type: request.type,
		owner: request.owner,
		grants: noGrants(),
		indexed: added,
	});
	const wanted = [
		...request.tags,
		...[...inbox, ...matching(store.tags.values())].map(({ id }) => id),
	];
	addTags(store, document, wanted);
	const mirrors = !store.profile.uploadTakesFieldValues;
	for (const { field, value } of request.customFields) {
		setValue(store, document, field, value, mirrors);
	}
	store.touch(document);
	return document;
}

const failed = (fileName: string, message: string): ConsumptionFailed =>
	new ConsumptionFailed(`${fileName}: ${message}`, {
		error_type: 'ConsumerError',
		error_message: `${fileName}: ${message}`,
		traceback: '  File "/usr/src/paperless/src/documents/tasks.py", in consume_file\n',
	});

const stumble = (fileName: string, error: string): ConsumptionFailed =>
	failed(
		fileName,
		`The following error occurred while storing document ${fileName} after parsing: ${error}`,
	);

/** The placeholders of a title. The date is missing, because the server detects it later. */
function titleOf(store: Store, { title, fileName, ...request }: Upload): string {
	const stem = fileName.replace(/\.[^.]*$/, '');
	if (!title) return stem;
	const added = store.now();
	const values = {
		correspondent: store.correspondents.get(request.correspondent ?? null)?.name ?? '',
		document_type: store.document_types.get(request.documentType ?? null)?.name ?? '',
		added: dayOf(added),
		added_year: added.slice(0, 4),
		added_year_short: added.slice(2, 4),
		added_month: added.slice(5, 7),
		added_day: added.slice(8, 10),
		added_time: added.slice(11, 16),
		owner_username: store.users.get(request.owner)?.username ?? '',
		original_filename: stem,
	};
	try {
		return renderTitle(title, values, store.profile.jinjaTitles) ?? stem;
	} catch (error) {
		if (!(error instanceof BrokenTemplate)) throw error;
		throw stumble(fileName, "'NoneType' object is not subscriptable");
	}
}

function refuseDuplicate(store: Store, checksum: string, fileName: string): void {
	const { profile, settings } = store;
	if (!profile.duplicatesRefused && !settings.deleteDuplicates) return;
	const twin = store.documents.find(({ original, archive }) =>
		[original.checksum, archive?.checksum].includes(checksum),
	);
	if (twin === undefined) return;
	const trashed = twin.deleted_at !== null;
	if (!profile.duplicatesRefused) {
		throw new ConsumptionFailed(
			`Not consuming: It is a duplicate of document #${twin.id}`,
			{ duplicate_of: twin.id, duplicate_in_trash: trashed },
			twin.id,
		);
	}
	const note = trashed ? ' Note: existing document is in the trash.' : '';
	const message = `${fileName}: Not consuming ${fileName}: It is a duplicate of ${twin.title} (#${twin.id}).${note}`;
	throw new ConsumptionFailed(message, {}, trashed ? null : twin.id);
}

function refuseTakenNumber(store: Store, { asn, fileName }: Upload): void {
	const holder =
		asn === undefined
			? undefined
			: store.documents.find((document) => document.archive_serial_number === asn);
	if (holder === undefined) return;
	const note = holder.deleted_at === null ? '' : ' Note: existing document is in the trash.';
	throw failed(fileName, `Not consuming ${fileName}: Given ASN ${asn} already exists!${note}`);
}

export const consumeRoutes: Route[] = [
	{ path: 'documents/post_document/', parsers: ['multipart'], on: { POST: upload } },
];
