import { choice, integer, list, validate, wrong } from './fields.mts';
import type { Check, Field } from './fields.mts';
import { logRestore } from './history.mts';
import { crash, data, ok, plain } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { compareKeys, paginate } from './objectList.mts';
import { isFree } from './permissions.mts';
import { documentSerializer } from './serialize.mts';
import type { Document, Store } from './store.mts';

/** From 3.2 on, a version is a row of its own only while its document is not in the trash. */
const isRow = ({ deleted_at: time, root }: Document, { profile, documents }: Store): boolean =>
	time !== null && !(profile.like33 && root !== null && documents.get(root)?.deleted_at !== null);

const trashed = ({ store, user }: Call): Document[] =>
	store.documents
		.filter((document) => isRow(document, store) && isFree(document, user))
		.toSorted((a, b) => compareKeys(b.created, a.created) || b.id - a.id);

function listTrash(call: Call): Reply {
	const { rows, envelope } = paginate(call, trashed(call), ({ id }) => id);
	return ok({ ...envelope, results: rows.map(documentSerializer(call, { ignoreFields: true })) });
}

const trashedList: Check = (value, store) => {
	const ids = list(integer())(value, store) as number[];
	const documents = ids.map((id) => store.documents.get(id));
	const isKnown = (document: Document | undefined) => document && isRow(document, store);
	if (
		store.profile.like33 &&
		documents.some((document) => document?.deleted_at && !isKnown(document))
	)
		wrong('Restore the root document instead of one of its versions.');
	return documents.every((document) => document?.deleted_at) && new Set(ids).size === ids.length
		? documents
		: wrong('Some documents in the list have not yet been deleted.');
};

const fields: Record<string, Field> = {
	action: { check: choice('restore', 'empty'), required: true },
	documents: { check: trashedList },
};

function act(call: Call): Reply {
	const { store, user } = call;
	const { action, documents: given } = validate(fields, data(call), store, false);
	if (given === undefined && action === 'restore') return crash();
	const documents = (given ?? trashed(call)) as Document[];
	if (!documents.every((document) => isFree(document, user)))
		return plain(403, 'Insufficient permissions');
	for (const document of documents) {
		if (action === 'empty') {
			for (const id of [document.id, ...document.versions]) store.documents.delete(id);
		} else {
			for (const id of [document.id, ...document.versions]) {
				const row = store.documents.get(id);
				if (row && (row === document || row.deletedWith === document.id)) row.deleted_at = null;
			}
			store.touch(document);
			document.indexed = null;
			logRestore(store, document);
		}
	}
	return ok({ result: 'OK', doc_ids: documents.map(({ id }) => id) });
}

export const trashRoutes: Route[] = [
	{ path: 'trash/', on: { GET: listTrash, POST: act } },
	{ path: 'trash/:id/', on: { GET: listTrash, POST: act } },
];
