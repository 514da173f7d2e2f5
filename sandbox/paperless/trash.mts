import { data, ok, plain, refuse, crash } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { compareKeys, paginate } from './objectList.mts';
import { isFree } from './permissions.mts';
import { documentSerializer } from './serialize.mts';
import type { Document } from './store.mts';

const trashed = ({ store, user }: Call): Document[] =>
	store.documents
		.filter((document) => document.deleted_at !== null && isFree(document, user))
		.toSorted((a, b) => compareKeys(b.created, a.created));

function list(call: Call): Reply {
	const { rows, envelope } = paginate(call, trashed(call), ({ id }) => id);
	return ok({ ...envelope, results: rows.map(documentSerializer(call, { ignoreFields: true })) });
}

function act(call: Call): Reply {
	const { action, documents: given } = data(call);
	if (action === undefined) return refuse(400, { action: ['This field is required.'] });
	if (action !== 'restore' && action !== 'empty') {
		return refuse(400, { action: [`"${String(action)}" is not a valid choice.`] });
	}
	const ids = given === undefined ? undefined : (given as unknown[]).map(Number);
	const { store, user } = call;
	const chosen = ids?.map((id) => store.documents.get(id));
	if (
		ids &&
		(chosen?.some((document) => !document?.deleted_at) || new Set(ids).size < ids.length)
	) {
		refuse(400, { documents: ['Some documents in the list have not yet been deleted.'] });
	}
	if (chosen === undefined && action === 'restore') return crash();
	const documents = (chosen ?? trashed(call)) as Document[];
	if (!documents.every((document) => isFree(document, user)))
		return plain(403, 'Insufficient permissions');
	for (const document of documents) {
		if (action === 'empty') store.documents.delete(document.id);
		else {
			document.deleted_at = null;
			store.touch(document);
			document.indexed = null;
		}
	}
	return ok({ result: 'OK', doc_ids: documents.map(({ id }) => id) });
}

export const trashRoutes: Route[] = [
	{ path: 'trash/', on: { GET: list, POST: act } },
	{ path: 'trash/:id/', on: { GET: list, POST: act } },
];
