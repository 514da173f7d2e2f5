import { addTags, removeTags, withOwnership } from './classification.mts';
import { readValues, replaceValues, requireLinkRights } from './customFieldValues.mts';
import {
	boolean,
	date,
	dictionary,
	integer,
	list,
	owner,
	reference,
	references,
	setPermissions,
	text,
	validate,
	wrong,
} from './fields.mts';
import type { Check, Field } from './fields.mts';
import { logged } from './history.mts';
import { Query, crash, data, detail, noContent, ok, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { meetsLock } from './meetsLock.mts';
import { describedDocuments, listDocuments, selectionData } from './listing.mts';
import { idParam } from './objects.mts';
import { maySee, requireChange } from './permissions.mts';
import type { Profile } from './profiles.mts';
import { documentSerializer } from './serialize.mts';
import type { Document, FieldValue, Store } from './store.mts';
import { createdAt, instant, midnight, toTimestamp } from './times.mts';
import { askedVersion, trash } from './versionRows.mts';
import { documentsUpdated } from './workflowRuns.mts';

export function documentParam(call: Call): Document {
	const document = call.store.documents.get(idParam(call.params['id'] ?? ''));
	return document?.deleted_at === null && document.root === null && maySee(document, call.user)
		? document
		: detail(404, 'No Document matches the given query.');
}

const createdField: Check = (value, store) => {
	const { profile } = store;
	const isTime = String(value).includes(':') && toTimestamp(String(value)) !== undefined;
	return profile.createdIsDate && !isTime
		? midnight(date(value, store) as string)
		: createdAt(instant(value, store) as string, profile);
};

export const maxAsn = 4_294_967_295;

export const asnField = (existing?: Document): Field => ({
	nullable: true,
	check: (value, store) => {
		const asn = integer({ min: 0, max: maxAsn })(value, store) as number;
		const holder = store.documents.find((document) => document.archive_serial_number === asn);
		if (holder === undefined || holder.id === existing?.id) return asn;
		return wrong(
			holder.deleted_at === null
				? 'document with this archive serial number already exists.'
				: 'Document with this Archive Serial Number already exists in the trash.',
		);
	},
});

const related = (kind: 'correspondents' | 'document_types' | 'storage_paths'): Field => ({
	check: reference(kind),
	nullable: true,
	required: true,
});

const bodyFields = (call: Call, document: Document): Record<string, Field> => ({
	correspondent: related('correspondents'),
	document_type: related('document_types'),
	storage_path: related('storage_paths'),
	title: { check: text({ max: 128, blank: true }) },
	content: { check: text({ blank: true }) },
	tags: { check: references('tags'), required: true },
	created: { check: createdField },
	created_date: { check: date },
	deleted_at: { check: instant, nullable: true },
	archive_serial_number: asnField(document),
	owner,
	set_permissions: setPermissions,
	custom_fields: { check: (value) => readValues(call, value, document) },
	remove_inbox_tags: { check: boolean },
});

/** Like the server by mistake, `fields=` also drops the other fields of the body. */
function namedFields(call: Call, fields: Record<string, Field>): Record<string, Field> {
	const wanted = call.query.filled('fields')?.split(',');
	return wanted
		? Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name)))
		: fields;
}

function apply(call: Call, document: Document, values: Record<string, unknown>): void {
	const { store, profile } = call;
	const {
		custom_fields: given,
		tags,
		remove_inbox_tags: tidy,
		created_date: day,
		...rest
	} = values;
	if (given) requireLinkRights(call, given as FieldValue[]);
	const { grants, ...owned } = withOwnership<Document>(rest, call, document);
	const { content, ...others } = owned;
	Object.assign(document, others, { grants });
	if (content !== undefined) askedVersion(call, document).content = content;
	if (day && !rest['created']) document.created = midnight(day as string);
	const before = document.tags;
	if (tags) setTags(store, document, tags as number[]);
	if (tidy) removeInboxTags(store, document, before);
	// Later servers set `modified` of linked documents after that of the linking document.
	if (profile.createdIsDate) store.touch(document);
	if (given) replaceValues(call, document, given as FieldValue[]);
	if (!profile.createdIsDate) store.touch(document);
}

function change(call: Call, partial: boolean): Reply {
	const document = documentParam(call);
	requireChange(document, call.user);
	const values = validate(
		namedFields(call, bodyFields(call, document)),
		data(call),
		call.store,
		partial,
	);
	if (meetsLock(call.store)) crash();
	logged(call.store, call.user.id, document, () => apply(call, document, values));
	if (!call.profile.documentVersions) documentParam(call);
	else if (document.deleted_at !== null) crash();
	const reply = ok(documentSerializer(call, { single: true, changed: true })(document));
	documentsUpdated(call.store, [document]);
	return reply;
}

/** Removing a tag removes its descendants, even requested ones. */
function setTags(store: Store, document: Document, wanted: number[]): void {
	if (!store.profile.nestedTags) {
		document.tags = [...new Set(wanted)];
		return;
	}
	const gone = document.tags.filter((id) => !wanted.includes(id));
	addTags(store, document, wanted);
	removeTags(store, document, gone);
}

/** An inbox tag that the same request added stays. */
function removeInboxTags(store: Store, document: Document, before: number[]): void {
	document.tags = document.tags.filter(
		(id) => !store.tags.get(id)?.is_inbox_tag || !before.includes(id),
	);
}

function remove(call: Call): Reply {
	const document = documentParam(call);
	requireChange(document, call.user);
	trash(call.store, document);
	return noContent();
}

/** Hand-written routes distinguish forbidden documents from unknown ones. */
export function documentFor(
	call: Call,
	allowed: (document: Document) => boolean,
	message = 'Insufficient permissions',
): Document {
	const document = call.store.documents.get(idParam(call.params['id'] ?? ''));
	if (document?.deleted_at !== null) return detail(404, 'Not found.');
	return allowed(document) ? document : refuse(403, message);
}

function nextAsn({ store }: Call): Reply {
	const numbers = store.livingDocuments().map(({ archive_serial_number: asn }) => asn ?? 0);
	return ok(Math.max(0, ...numbers) + 1);
}

function select(call: Call): Reply {
	const fields = { documents: { check: documentList, required: true } };
	const { documents: given } = validate(fields, data(call), call.store, false);
	const documents = given as Document[];
	if (call.profile.ownerGuarded && documents.some((document) => !maySee(document, call.user))) {
		refuse(403, 'Insufficient permissions');
	}
	return ok(selectionData(call.store, documents));
}

/**
 * The document list of a bulk request. Every document must exist outside the trash and occur once.
 */
export const documentList: Check = (value, store) => {
	const ids = list(integer())(value, store) as number[];
	const documents = ids.map((id) => store.documents.get(id));
	return documents.every((document) => document?.deleted_at === null) &&
		new Set(ids).size === ids.length
		? documents
		: wrong("Some documents in documents don't exist or were specified twice.");
};

/** The fields by which a bulk request names its documents or, since 3.0, describes them. */
export const selectionFields = ({ documentVersions }: Profile): Record<string, Field> => ({
	documents: { check: documentList, required: !documentVersions },
	...(documentVersions && { all: { check: boolean }, filters: { check: dictionary } }),
});

export function selected(call: Call, values: Record<string, unknown>): Document[] {
	const { documents, all, filters } = values;
	if (all !== true) {
		return documents === undefined
			? wrong('documents is required unless all is true.')
			: (documents as Document[]);
	}
	const pairs = Object.entries((filters ?? {}) as object);
	if (pairs.some(([name, value]) => name.startsWith('tags__id__') && Array.isArray(value))) crash();
	const query = new Query(pairs.map(([name, value]) => [name, String(value)]));
	return describedDocuments({ ...call, query });
}

export const documentRoutes: Route[] = [
	{
		path: 'documents/',
		model: 'document',
		name: 'Unified Search List',
		on: { GET: listDocuments },
	},
	{ path: 'documents/next_asn/', model: 'document', on: { GET: nextAsn } },
	{ path: 'documents/selection_data/', parsers: ['json'], on: { POST: select } },
	{
		path: 'documents/:id/',
		model: 'document',
		on: {
			GET: (call) => ok(documentSerializer(call, { single: true })(documentParam(call))),
			PUT: (call) => change(call, false),
			PATCH: (call) => change(call, true),
			DELETE: remove,
		},
	},
];
