import { groups, users } from './accounts.mts';
import { classificationKinds, customFields } from './classification.mts';
import { searchHits } from './hits.mts';
import { crash, ok, plain } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { visibleDocuments } from './listing.mts';
import { compareKeys } from './objectList.mts';
import type { Kind } from './objects.mts';
import { may } from './permissions.mts';
import { views } from './savedViews.mts';
import { analyse, fold, spans } from './search/analysis.mts';
import { documentSerializer } from './serialize.mts';
import type { Document, Row, Store, User } from './store.mts';

const limit = 3;

type Named = Row & { name?: string; username?: string };

const kinds = {
	saved_views: views,
	...classificationKinds,
	users,
	groups,
	mail_rules: null,
	mail_accounts: null,
	workflows: null,
	custom_fields: customFields,
} as unknown as Record<string, Kind<Named> | null>;

function named(call: Call, kind: Kind<Named>, query: string): Named[] {
	if (!may(call.store, call.user, `view_${kind.model}`)) return [];
	const wanted = query.toLowerCase();
	const nameOf = ({ name, username }: Named): string => (name ?? username ?? '').toLowerCase();
	const found = kind
		.table(call)
		.filter((row) => (kind.visible?.(row, call) ?? true) && nameOf(row).includes(wanted));
	return found.toSorted((a, b) => compareKeys(nameOf(a), nameOf(b))).slice(0, limit);
}

/** 3.0 searches the full text. 2.x searches titles, and the full text if too few titles match. */
function documentsFor(call: Call, query: string): Document[] {
	const { store, user, profile } = call;
	if (!may(store, user, 'view_document')) return [];
	const visible = visibleDocuments(call);
	const byText = (kind: 'text' | 'query'): Document[] =>
		searchHits(call, { kind, value: query })
			.hits.flatMap(({ id }) => visible.find((document) => document.id === id) ?? [])
			.slice(0, limit);
	const byTitle = visible.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
	if (call.query.filled('db_only')) return byTitle.slice(0, limit);
	if (profile.documentVersions) return byText('text');
	const found = new Set([...byTitle, ...(byTitle.length < limit ? byText('query') : [])]);
	return [...found].toSorted((a, b) => compareKeys(b.created, a.created)).slice(0, limit);
}

const nobody = { id: 0, is_superuser: false, groups: [], user_permissions: [] } as unknown as User;

function searchEverywhere(call: Call): Reply {
	const query = call.query.get('query');
	if (query === undefined) return plain(400, 'Query required');
	if (query.length < limit) return plain(400, 'Query must be at least 3 characters');
	// The server serializes the results without a user.
	const shown = { ...call, user: nobody };
	const documents = documentsFor(call, query).map(documentSerializer(shown));
	const results = Object.fromEntries(
		Object.entries(kinds).map(([name, kind]) => [
			name,
			kind ? kind.show(named(call, kind, query), shown, 'created') : [],
		]),
	);
	const total = Object.values(results).reduce((sum, rows) => sum + rows.length, documents.length);
	return ok({ total, documents, ...results });
}

function autocomplete(call: Call): Reply {
	const term = call.query.get('term');
	if (term === undefined) return plain(400, 'Term required');
	const most = Number(call.query.get('limit') ?? 10);
	if (!Number.isInteger(most)) return crash();
	if (most <= 0) return plain(400, 'Invalid limit');
	const words = call.profile.documentVersions ? folded(call, term) : inContents(call, term);
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	const sorted = [...counts].toSorted(([a, m], [b, n]) => n - m || compareKeys(a, b));
	return ok(sorted.slice(0, most).map(([word]) => word));
}

/** 2.x completes the last word and requires the others. */
function inContents(call: Call, term: string): string[] {
	const wanted = term.toLowerCase().split(/\s+/).filter(Boolean);
	const last = wanted.pop();
	if (last === undefined) return [];
	return visibleDocuments(call).flatMap(({ content }) => {
		const words = new Set(analyse('whoosh', content));
		const completed = [...words].filter((word) => word.startsWith(last));
		const fits = completed.length > 0 && wanted.every((word) => words.has(word));
		return fits ? [...wanted, ...completed] : [];
	});
}

function folded(call: Call, term: string): string[] {
	const wanted = fold(term);
	if (wanted === '') return [];
	return visibleDocuments(call).flatMap((document) =>
		[...new Set(textsOf(call.store, document).flatMap((text) => spans('tantivy', fold(text))))]
			.map(({ word }) => word)
			.filter((word, index, words) => word.startsWith(wanted) && words.indexOf(word) === index),
	);
}

const textsOf = (store: Store, document: Document): string[] => [
	document.title,
	document.content,
	store.correspondents.get(document.correspondent)?.name ?? '',
	store.document_types.get(document.document_type)?.name ?? '',
	...document.tags.map((id) => store.tags.get(id)?.name ?? ''),
];

export const globalSearchRoutes: Route[] = [
	{ path: 'search/', on: { GET: searchEverywhere } },
	{ path: 'search/autocomplete/', on: { GET: autocomplete } },
];
