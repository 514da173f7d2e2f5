import { selectOptions } from './classification.mts';
import { publicName } from './files.mts';
import type { Call } from './http.mts';
import { compareKeys } from './objectList.mts';
import { isShared, maySee, permissionKeys, wantsFullPermissions } from './permissions.mts';
import type { Document, FieldValue, Note, Store } from './store.mts';
import { isoTime } from './times.mts';
import { askedVersion, newestVersion, rootOf, showVersion, versionsOf } from './versionRows.mts';

interface Context {
	call: Call;
	single: boolean;
	full: boolean;
	shortened: boolean;
	tagRanks: Map<number, number>;
}

type Shape = Record<string, (document: Document, context: Context) => unknown>;

const shortContent = 550;

/** The notes and values of a document go to the trash with it. */
const unlessTrashed = <T,>(document: Document, items: T[]): T[] =>
	document.deleted_at === null ? items : [];

/** Documents in the trash are shown as they are. */
function shownVersion(document: Document, call: Call, single: boolean): Document {
	if (document.deleted_at !== null || document.root !== null) return document;
	return single ? askedVersion(call, document) : newestVersion(call.store, document);
}

const common: Shape = {
	id: ({ id }) => id,
	correspondent: ({ correspondent }) => correspondent,
	document_type: ({ document_type: type }) => type,
	storage_path: ({ storage_path: path }) => path,
	title: ({ title }) => title,
	content: (document, { call, single, shortened }) => {
		const { content } = shownVersion(document, call, single);
		return shortened ? content.slice(0, shortContent) : content;
	},
	tags: ({ tags }, { tagRanks }) =>
		tags.toSorted((a, b) => (tagRanks.get(a) ?? 0) - (tagRanks.get(b) ?? 0)),
	created: ({ created }, { call }) => {
		if (!call.profile.createdIsDate) return isoTime(created);
		const day = created.slice(0, 10);
		return call.apiVersion < 9 ? `${day}T00:00:00+00:00` : day;
	},
	created_date: ({ created }) => created.slice(0, 10),
	modified: ({ modified }) => isoTime(modified),
	added: ({ added }) => isoTime(added),
	deleted_at: ({ deleted_at: time }) => time && isoTime(time),
	archive_serial_number: ({ archive_serial_number: asn }) => asn,
	original_file_name: ({ original_file_name: name }) => name,
	archived_file_name: (document, { call }) =>
		document.archive && publicName(call.store, document, 'archive'),
	notes: (document, { call }) =>
		unlessTrashed(document, document.notes).map((note) => showNote(call, note)),
	custom_fields: (document, { call }) =>
		unlessTrashed(document, document.custom_fields).map((value) => ({
			value: showValue(call, value),
			field: value.field,
		})),
	page_count: (document, { call: { store } }) =>
		store.profile.like33 ? newestVersion(store, document).page_count : document.page_count,
	mime_type: ({ mime_type: type }) => type,
};

const since3: Shape = {
	duplicate_documents: (document, { call, single }) => (single ? duplicates(call, document) : []),
	root_document: ({ root }) => root,
	versions: (document, { call: { store } }) =>
		versionsOf(store, rootOf(store, document)).map(showVersion),
};

const limited: Shape = {
	owner: ({ owner }) => owner,
	user_can_change: (document, { call }) =>
		permissionKeys(document, call.user, false)['user_can_change'],
	is_shared_by_requester: (document, { call }) =>
		document.owner === call.user.id && isShared(document),
};

const full: Shape = {
	owner: ({ owner }) => owner,
	permissions: ({ grants }) => grants,
};

function duplicates({ store, user }: Call, { id, original }: Document): object[] {
	return store.documents
		.filter((other) => other.root === null && other.id !== id)
		.filter((other) => other.original.checksum === original.checksum)
		.filter((other) => maySee(other, user))
		.map((other) => ({
			id: other.id,
			title: other.title,
			deleted_at: other.deleted_at && isoTime(other.deleted_at),
		}));
}

export function showNote(
	{ store, apiVersion }: Call,
	{ id, note, created, user: userId }: Note,
): object {
	const author = store.users.get(userId);
	const user = author && {
		id: author.id,
		username: author.username,
		first_name: author.first_name,
		last_name: author.last_name,
	};
	return { id, note, created: isoTime(created), user: apiVersion < 8 ? userId : (user ?? null) };
}

/** A value whose data type differs from the current type of the field reads as null. */
function showValue({ store, apiVersion }: Call, { field: id, value, type }: FieldValue): unknown {
	const field = store.custom_fields.get(id);
	if (field?.data_type !== type || value === null) return null;
	if (field === undefined || field.data_type !== 'select' || apiVersion >= 7) return value;
	return selectOptions(field).findIndex((option) => option.id === value);
}

/** Tags are sorted by name, regardless of the order in which they were sent. */
function rankTags(store: Store): Map<number, number> {
	const sorted = [...store.tags.values()].toSorted(
		(a, b) => compareKeys(a.name, b.name) || a.id - b.id,
	);
	return new Map(sorted.map(({ id }, rank) => [id, rank]));
}

/** Builds only the requested `fields`, which keeps lists of thousands fast. */
export function documentSerializer(
	call: Call,
	{ single = false, changed = false, ignoreFields = false } = {},
): (document: Document) => Record<string, unknown> {
	const isFull = changed || wantsFullPermissions(call);
	const shape: Shape = {
		...common,
		...(call.profile.documentVersions && since3),
		...(isFull ? full : limited),
	};
	const wanted = ignoreFields ? undefined : call.query.filled('fields')?.split(',');
	const keys = Object.entries(shape).filter(([name]) => wanted?.includes(name) ?? true);
	const flag = call.query.get('truncate_content');
	const context: Context = {
		call,
		single,
		full: isFull,
		shortened: flag !== undefined && (flag === '1' || flag.toLowerCase() === 'true'),
		tagRanks: rankTags(call.store),
	};
	return (document) => {
		const shown: Record<string, unknown> = {};
		for (const [name, show] of keys) shown[name] = show(document, context);
		return shown;
	};
}
