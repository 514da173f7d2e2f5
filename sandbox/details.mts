import { detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { matches } from './matching.mts';
import { idParam } from './objects.mts';
import { mayChange, maySee } from './permissions.mts';
import type { Document, Matching } from './store.mts';
import { datesIn } from './textDates.mts';

const suggestedDates = 3;

/** Since 3.0 the server makes suggestions only to users who may change the document. */
function forSuggestions(call: Call): Document {
	const { store, user, profile, params } = call;
	const document = store.documents.get(idParam(params['id'] ?? ''));
	if (document?.deleted_at !== null) return detail(404, 'No Document matches the given query.');
	const allowed = profile.documentVersions ? mayChange : maySee;
	return allowed(document, user) ? document : refuse(403, 'Insufficient permissions');
}

function suggest(call: Call): Reply {
	const { content } = forSuggestions(call);
	const { store, user } = call;
	const fitting = (rows: Iterable<Matching>): number[] =>
		[...rows].filter((row) => maySee(row, user) && matches(row, content)).map(({ id }) => id);
	return ok({
		correspondents: fitting(store.correspondents.values()),
		tags: fitting(store.tags.values()),
		document_types: fitting(store.document_types.values()),
		storage_paths: fitting(store.storage_paths.values()),
		dates: datesIn(content, store.today()).slice(0, suggestedDates),
	});
}

function suggestByAi(call: Call): Reply {
	forSuggestions(call);
	return plain(400, 'AI is required for this feature');
}

function readRoot(call: Call): Reply {
	const { store, user, params } = call;
	const document = store.documents.get(idParam(params['id'] ?? '')) ?? detail(404, 'Not found.');
	return maySee(document, user)
		? ok({ root_id: document.root ?? document.id })
		: refuse(403, 'Insufficient permissions');
}

export const detailRoutes: Route[] = [
	{ path: 'documents/:id/suggestions/', model: 'document', on: { GET: suggest } },
	{
		path: 'documents/:id/ai_suggestions/',
		since: 'documentVersions',
		model: 'document',
		on: { GET: suggestByAi },
	},
	{
		path: 'documents/:id/root/',
		since: 'documentVersions',
		model: 'document',
		on: { GET: readRoot },
	},
];
