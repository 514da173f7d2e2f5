import { randomUUID } from 'node:crypto';
import { withAncestors } from './classification.mts';
import type { Upload } from './consume.mts';
import { documentFor } from './documents.mts';
import { storedName } from './files.mts';
import { ok } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { displayText } from './listing.mts';
import { isFree, may } from './permissions.mts';
import type { CustomField, Document, FieldValue, Store } from './store.mts';
import { dayOf, isoTime } from './times.mts';
import { rootOf } from './versionRows.mts';

type Texts = Record<string, string>;
type Changes = Record<string, unknown>;
type Action = 'create' | 'update';

/** The audit log uses Python's notation for values. */
const pythonic = (value: unknown): string => {
	if (value === null || value === undefined) return 'None';
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
};

const pythonTime = (time: string | null): string =>
	time === null ? 'None' : isoTime(time).replace('T', ' ').slice(0, -1);

const createdText = ({ profile }: Store, { created }: Document): string =>
	profile.createdIsDate ? dayOf(created) : pythonTime(created);

const pick = (document: Document, ...names: (keyof Document)[]): Texts =>
	Object.fromEntries(names.map((name) => [name, pythonic(document[name])]));

const relations = ['correspondent', 'document_type', 'storage_path'] as const;

const fieldsOf = (store: Store, document: Document): Texts => ({
	...pick(document, 'title', 'content', ...relations, 'archive_serial_number', 'owner'),
	created: createdText(store, document),
	deleted_at: pythonTime(document.deleted_at),
});

const valuesOf = (store: Store, values: FieldValue[]): Texts =>
	Object.fromEntries(
		values.map(({ field: id, value }) => {
			const field = store.custom_fields.get(id) as CustomField;
			const isLabelled = field.data_type === 'select';
			return [field.name, pythonic(isLabelled ? displayText(field, value) || null : value)];
		}),
	);

/** Pairs of old and new texts, only where they differ. */
const changed = (before: Texts, after: Texts): Changes =>
	Object.fromEntries(
		Object.entries(after)
			.map(([name, text]) => [name, [before[name] ?? 'None', text]] as const)
			.filter(([, [old, text]]) => old !== text),
	);

const tagChange = (store: Store, operation: 'add' | 'delete', ids: number[]): Changes => {
	const objects = ids.toSorted((a, b) => a - b).map((id) => store.tags.get(id)?.name);
	return objects.length > 0 ? { tags: { type: 'm2m', operation, objects } } : {};
};

/** Writes an entry only if something changed. */
export function log(
	store: Store,
	document: Document,
	action: Action,
	changes: Changes,
	actor: number | null,
): void {
	if (Object.keys(changes).length === 0) return;
	store.history.add({ document: document.id, timestamp: store.now(), action, changes, actor });
}

/** Every value has a separate entry. A removed value does not leave one. */
function logValues(
	store: Store,
	document: Document,
	before: Texts,
	actor: number | null,
	values = document.custom_fields,
): void {
	for (const [field, value] of Object.entries(valuesOf(store, values))) {
		if (before[field] === value) continue;
		const changes = { custom_fields: { type: 'custom_field', field, value } };
		log(store, document, field in before ? 'update' : 'create', changes, actor);
	}
}

const managers: Texts = {
	custom_fields: 'CustomFieldInstance',
	notes: 'Note',
	share_links: 'ShareLink',
	workflow_runs: 'WorkflowRun',
};

/** The document as it is first saved, before the requested values. */
function bare(store: Store, document: Document): Changes {
	const { documentVersions, createdIsDate: namesAll } = store.profile;
	const { id, page_count: pages, added, original } = document;
	const links = documentVersions ? { ...managers, versions: 'Document' } : managers;
	const absent = [
		...(namesAll ? [...relations, 'owner', 'deleted_at', 'restored_at'] : []),
		...(documentVersions ? ['root_document'] : []),
	];
	const texts = {
		id: String(id),
		...pick(document, 'title', 'content', 'mime_type'),
		checksum: original.checksum,
		created: createdText(store, document),
		added: pythonTime(added),
		original_filename: pythonic(document.original_file_name),
		...(pages !== null && { page_count: String(pages) }),
		...(!documentVersions && { storage_type: 'unencrypted' }),
		...Object.fromEntries(absent.map((name) => [name, 'None'])),
		...Object.fromEntries(
			Object.entries(links).map(([name, model]) => [name, `documents.${model}.None`]),
		),
	};
	return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, ['None', text]]));
}

/** A consumption writes step by step and without an actor. Matched objects come last. */
export function logCreation(store: Store, document: Document, request: Upload): void {
	if (document.root !== null) {
		const changes = { 'Version Added': ['None', document.id] };
		log(store, rootOf(store, document), 'update', changes, request.owner);
		return;
	}
	const write = (changes: Changes) => log(store, document, 'update', changes, null);
	const given = {
		correspondent: request.correspondent,
		document_type: request.documentType,
		storage_path: request.storagePath,
	};
	const told = new Set<number>();
	const writeTags = (ids: number[]) => {
		write(
			tagChange(
				store,
				'add',
				ids.filter((id) => document.tags.includes(id) && !told.has(id)),
			),
		);
		for (const id of ids) told.add(id);
	};
	const writeMatch = (relation: (typeof relations)[number]) => {
		if (given[relation] === undefined) write(changed({}, pick(document, relation)));
	};
	log(store, document, 'create', bare(store, document), null);
	for (const id of request.tags) writeTags(withAncestors(store, id));
	logValues(store, document, {}, null, request.customFields);
	const asked = relations.filter((relation) => given[relation] !== undefined);
	write(changed({}, pick(document, ...asked, 'archive_serial_number', 'owner')));
	writeTags(document.tags.filter((id) => store.tags.get(id)?.is_inbox_tag));
	writeMatch('correspondent');
	writeMatch('document_type');
	writeTags(document.tags);
	writeMatch('storage_path');
	write(changed({}, filesOf(store, document)));
}

const filesOf = (store: Store, document: Document): Texts => ({
	filename: storedName(store, document, 'original'),
	...(document.archive && {
		archive_filename: storedName(store, document, 'archive'),
		archive_checksum: document.archive.checksum,
	}),
});

/**
 * Compares a document before and after a change and writes an entry for each kind of value. Changes
 * by workflows have no actor.
 */
export function logged<T>(
	store: Store,
	actor: number | null,
	document: Document,
	change: () => T,
): T {
	const fields = fieldsOf(store, document);
	const values = valuesOf(store, document.custom_fields);
	const { tags } = document;
	const result = change();
	const write = (changes: Changes) => log(store, document, 'update', changes, actor);
	const now = document.tags;
	write(changed(fields, fieldsOf(store, document)));
	write(
		tagChange(
			store,
			'delete',
			tags.filter((id) => !now.includes(id)),
		),
	);
	write(
		tagChange(
			store,
			'add',
			now.filter((id) => !tags.includes(id)),
		),
	);
	logValues(store, document, values, actor);
	return result;
}

export type BulkField = (typeof relations)[number] | 'tags' | 'custom_fields' | 'checksum';

/**
 * The ids in a field. A custom field value has a separate id, which the rest of the API does not
 * show.
 */
function idsOf(document: Document, field: BulkField): unknown {
	if (field === 'checksum') return document.original.checksum;
	if (field === 'tags') return document.tags.toSorted((a, b) => a - b);
	if (field !== 'custom_fields') return document[field];
	return document.custom_fields.map(({ field: id }) => document.id * 1000 + id);
}

/** A bulk edit records its field even if nothing changed, with only the last of several old ids. */
export function loggedInBulk<T>(
	{ store, user }: Call,
	document: Document,
	field: BulkField | undefined,
	change: () => T,
): T {
	const values = valuesOf(store, document.custom_fields);
	const before = field && idsOf(document, field);
	const result = change();
	if (field === undefined) return result;
	if (field === 'custom_fields') logValues(store, document, values, null);
	const old: unknown = Array.isArray(before) ? (before.at(-1) ?? null) : before;
	log(store, document, 'update', { [field]: [old, idsOf(document, field)] }, user.id);
	return result;
}

export const logTrash = (store: Store, document: Document): void =>
	log(
		store,
		document,
		'update',
		changed({}, { deleted_at: pythonTime(document.deleted_at), transaction_id: randomUUID() }),
		null,
	);

export const logRestore = (store: Store, document: Document): void =>
	log(
		store,
		document,
		'update',
		{
			...(store.profile.createdIsDate && { deleted_at: ['None', 'None'] }),
			restored_at: ['None', pythonTime(store.now())],
		},
		null,
	);

function readHistory(call: Call): Reply {
	const { store, user } = call;
	const document = documentFor(
		call,
		(candidate) => may(store, user, 'view_logentry') && isFree(candidate, user),
	);
	const entries = store.history.filter((entry) => entry.document === document.id).toReversed();
	return ok(
		entries.map(({ id, timestamp, action, changes, actor: actorId }) => {
			const actor = store.users.get(actorId);
			return {
				id,
				timestamp: isoTime(timestamp),
				action,
				changes,
				actor: actor ? { id: actor.id, username: actor.username } : null,
			};
		}),
	);
}

export const historyRoutes: Route[] = [
	{ path: 'documents/:id/history/', on: { GET: readHistory } },
];
