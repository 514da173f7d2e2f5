import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnreadableFile, isConsumable, readContents, sniffType } from './contents.mts';
import { addTags } from './classification.mts';
import { checkValue, setValue } from './customFieldValues.mts';
import { FieldError, integer, reference, wrong } from './fields.mts';
import type { Check } from './fields.mts';
import { detail, ok, refuse } from './http.mts';
import type { Call, Reply, Route, UploadedFile } from './http.mts';
import { knownText } from './knownPictures.mts';
import { matches } from './matching.mts';
import { forbidden, may, maySee } from './permissions.mts';
import { noGrants } from './store.mts';
import type { Document, FieldValue, Matching, Store, StoredFile, Task } from './store.mts';
import { midnight, toTimestamp } from './times.mts';

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
	owner: number;
}

const asDay: Check = (value) =>
	toTimestamp(String(value)) ??
	wrong(
		'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
	);

const fileType: Check = (value) => {
	const { bytes } = value as UploadedFile;
	if (bytes.length === 0) return wrong('The submitted file is empty.');
	const type = sniffType(bytes);
	return isConsumable(type) ? type : wrong(`File type ${type} not supported`);
};

function customFieldsOf({ store, profile, apiVersion }: Call, given: string[]): FieldValue[] {
	const known = reference('custom_fields');
	if (!profile.uploadTakesFieldValues)
		return given.map((id) => ({ field: known(id, store) as number, value: null }));
	let json: unknown;
	try {
		json = JSON.parse(given.at(-1) ?? '');
	} catch {
		return wrong('Enter a valid JSON.');
	}
	const entries: [unknown, unknown][] =
		typeof json === 'object' && json !== null && !Array.isArray(json)
			? Object.entries(json)
			: [json].flat().map((id) => [id, null]);
	return entries.map(([id, value]) => {
		const field = store.custom_fields.get(known(id, store) as number);
		return field
			? { field: field.id, value: checkValue(store, field, value, apiVersion) }
			: wrong('Unknown custom field');
	});
}

function readUpload(call: Call): Upload {
	const { body, store, user } = call;
	if (body.kind !== 'form' || !body.multipart) {
		const types = {
			json: 'application/json',
			broken: 'application/json',
			form: 'application/x-www-form-urlencoded',
		};
		return detail(
			415,
			`Unsupported media type "${body.kind === 'other' ? body.contentType : types[body.kind]}" in request.`,
		);
	}
	const errors: Record<string, unknown> = {};
	const read = <T,>(name: string, check: (value: string[]) => T): T | undefined => {
		const values = body.values.get(name);
		const isEmpty =
			values === undefined || (values.at(-1) === '' && name !== 'tags' && name !== 'custom_fields');
		try {
			return isEmpty ? undefined : check(values);
		} catch (error) {
			if (!(error instanceof FieldError)) throw error;
			errors[name] = error.messages;
			return undefined;
		}
	};
	const one = (check: Check) => (values: string[]) => check(values.at(-1), store);
	const file = body.files.get('document');
	let type = '';
	try {
		type = file ? (fileType(file, store) as string) : wrong('No file was submitted.');
	} catch (error) {
		if (!(error instanceof FieldError)) throw error;
		errors['document'] = error.messages;
	}
	const fields = {
		created: read('created', one(asDay)),
		title: read('title', one(String)),
		correspondent: read('correspondent', one(reference('correspondents'))),
		documentType: read('document_type', one(reference('document_types'))),
		storagePath: read('storage_path', one(reference('storage_paths'))),
		tags:
			read('tags', (ids) =>
				ids.map((id) =>
					id === '' ? wrong('“” is not a valid value.') : reference('tags')(id, store),
				),
			) ?? [],
		asn: read('archive_serial_number', one(integer({ min: 0, max: 4_294_967_295 }))),
		customFields: read('custom_fields', (given) => customFieldsOf(call, given)) ?? [],
	};
	if (Object.keys(errors).length > 0) refuse(400, errors);
	const { bytes, name } = file as UploadedFile;
	const filled = Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	);
	return {
		bytes,
		fileName: name.split(/[/\\]/).at(-1) ?? name,
		type,
		owner: user.id,
		...filled,
	} as Upload;
}

function upload(call: Call): Reply {
	if (call.profile.uploadNeedsPermission && !may(call.store, call.user, 'add_document')) {
		detail(403, forbidden);
	}
	const request = readUpload(call);
	const fromWeb =
		call.body.kind === 'form' && call.body.values.get('from_webui')?.at(-1) === 'true';
	const task = enqueue(call.store, request, fromWeb ? 'web_ui' : 'api_upload');
	return ok(task.task_id);
}

export function enqueue(store: Store, request: Upload, source: string): Task {
	const task = store.tasks.add({
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
			overrides: overridesOf(request),
		},
		result_data: null,
		result: null,
		related_document: null,
		acknowledged: false,
		owner: request.owner,
	});
	store.work = store.work.then(() => run(store, task, request));
	return task;
}

/** 3.0 shows what an upload asked for in its task. */
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
	readonly related: number | null;
	readonly data: Record<string, unknown>;
	constructor(message: string, data: Record<string, unknown>, related: number | null = null) {
		super(message);
		this.data = data;
		this.related = related;
	}
}

async function run(store: Store, task: Task, request: Upload): Promise<void> {
	task.status = 'started';
	task.date_started = store.now();
	const { consumptionSeconds, ocrSeconds } = store.settings;
	const duration = consumptionSeconds + (request.type.startsWith('image/') ? ocrSeconds : 0);
	if (duration > 0) await sleep(duration * 1000, undefined, { ref: false });
	try {
		const document = await consume(store, request);
		task.status = 'success';
		task.result_data = { document_id: document.id };
		task.result = `Success. New document id ${document.id} created`;
		task.related_document = document.id;
	} catch (error) {
		if (!(error instanceof ConsumptionFailed)) throw error;
		task.status = 'failure';
		task.result = error.message;
		task.result_data = error.data;
		task.related_document = error.related;
	}
	task.date_done = store.now();
}

export async function consume(store: Store, request: Upload): Promise<Document> {
	const { bytes, fileName, type } = request;
	const original: StoredFile = { bytes, checksum: store.hash(bytes) };
	refuseDuplicate(store, original.checksum, fileName);
	refuseTakenNumber(store, request);
	const contents = await readContents(bytes, type, store.profile.pdfAlwaysArchived).catch(
		(error: unknown) => {
			if (!(error instanceof UnreadableFile)) throw error;
			throw failed(
				fileName,
				'ParseError',
				`Error occurred while consuming document ${fileName}: InputFileError: `,
			);
		},
	);
	const archive = contents.archive && {
		bytes: contents.archive,
		checksum: store.hash(contents.archive),
	};
	const content = contents.text || knownText(bytes);
	return place(store, request, { original, archive, content, page_count: contents.pages });
}

type Parsed = Pick<Document, 'original' | 'archive' | 'content' | 'page_count'>;

/** Gives a document its metadata, first what was asked for, then what matches its text. */
export function place(store: Store, request: Upload, parsed: Parsed): Document {
	const matching = <T extends Matching>(rows: Iterable<T>): T[] =>
		[...rows].filter((row) => matches(row, parsed.content));
	const owner = store.users.get(request.owner);
	const inbox = store.tags.filter((tag) => tag.is_inbox_tag && (!owner || maySee(tag, owner)));
	const added = store.now();
	const document = store.documents.add({
		...parsed,
		title: (request.title || request.fileName.replace(/\.[^.]*$/, '')).slice(0, 127),
		correspondent: request.correspondent ?? matching(store.correspondents.values())[0]?.id ?? null,
		document_type: request.documentType ?? matching(store.document_types.values())[0]?.id ?? null,
		storage_path: request.storagePath ?? matching(store.storage_paths.values())[0]?.id ?? null,
		tags: [],
		created: request.created ?? midnight(store.today()),
		added,
		modified: added,
		deleted_at: null,
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
	for (const { field, value } of request.customFields) setValue(store, document, field, value);
	store.touch(document);
	return document;
}

const failed = (fileName: string, type: string, message: string): ConsumptionFailed =>
	new ConsumptionFailed(`${fileName}: ${message}`, {
		error_type: type,
		error_message: `${fileName}: ${message}`,
	});

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
	if (holder)
		throw failed(
			fileName,
			'ConsumerError',
			`Not consuming ${fileName}: Given ASN ${asn} already exists!`,
		);
}

export const consumeRoutes: Route[] = [
	{ path: 'documents/post_document/', parsers: ['multipart'], on: { POST: upload } },
];
