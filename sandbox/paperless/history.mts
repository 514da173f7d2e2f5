import { documentFor } from './documents.mts';
import { ok } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { displayText } from './listing.mts';
import { isFree, may } from './permissions.mts';
import type { CustomField, Document, Store } from './store.mts';
import { dayOf, isoTime } from './times.mts';

type Texts = Map<string, string>;

const tracked = [
	'title',
	'content',
	'correspondent',
	'document_type',
	'storage_path',
	'created',
	'archive_serial_number',
	'owner',
	'deleted_at',
] as const;

/** The audit log writes values as Python does. */
const pythonic = (value: unknown): string => {
	if (value === null || value === undefined) return 'None';
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return String(value);
};

const fieldsOf = (document: Document): Texts =>
	new Map(
		tracked.map((name) => [
			name,
			name === 'created' ? dayOf(document.created) : pythonic(document[name]),
		]),
	);

const tagsOf = (store: Store, { tags }: Document): string[] =>
	tags.map((id) => store.tags.get(id)?.name ?? '');

const valuesOf = (store: Store, { custom_fields: values }: Document): Texts =>
	new Map(
		values.map(({ field: id, value }) => {
			const field = store.custom_fields.get(id) as CustomField;
			return [
				field.name,
				field.data_type === 'select' ? displayText(field, value) : pythonic(value),
			];
		}),
	);

type Changes = Record<string, unknown>;

export function log(
	store: Store,
	document: Document,
	action: 'create' | 'update' | 'delete',
	changes: Changes,
	actor: number | null,
): void {
	if (Object.keys(changes).length === 0) return;
	store.history.add({ document: document.id, timestamp: store.now(), action, changes, actor });
}

/** What the audit log says of a new document. */
export const logCreation = (store: Store, document: Document): void =>
	log(
		store,
		document,
		'create',
		Object.fromEntries([...fieldsOf(document)].map(([name, text]) => [name, ['None', text]])),
		null,
	);

/** Compares a document before and after a change, which leaves an entry for each kind of value. */
export function logged<T>({ store, user }: Call, document: Document, change: () => T): T {
	const [fields, tags, values] = [
		fieldsOf(document),
		tagsOf(store, document),
		valuesOf(store, document),
	];
	const result = change();
	const write = (action: 'create' | 'update' | 'delete', changes: Changes) =>
		log(store, document, action, changes, user.id);
	const changed = [...fieldsOf(document)].filter(([name, text]) => fields.get(name) !== text);
	write(
		'update',
		Object.fromEntries(changed.map(([name, text]) => [name, [fields.get(name), text]])),
	);
	const now = tagsOf(store, document);
	for (const [operation, objects] of [
		['add', now.filter((tag) => !tags.includes(tag))],
		['delete', tags.filter((tag) => !now.includes(tag))],
	] as const) {
		if (objects.length > 0) write('update', { tags: { type: 'm2m', operation, objects } });
	}
	const after = valuesOf(store, document);
	for (const field of new Set([...values.keys(), ...after.keys()])) {
		const [old, value] = [values.get(field), after.get(field)];
		if (old === value) continue;
		const action = old === undefined ? 'create' : value === undefined ? 'delete' : 'update';
		write(action, {
			custom_fields: { type: 'custom_field', field, value: value ?? old },
		});
	}
	return result;
}

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
