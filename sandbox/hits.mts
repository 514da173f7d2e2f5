import { detail, ok, refuse } from './http.mts';
import type { Call, Reply } from './http.mts';
import { displayText, filteredDocuments, orderDocuments, sortings } from './listing.mts';
import { orderBy, paginate } from './objectList.mts';
import type { Sortings } from './objectList.mts';
import { maySee } from './permissions.mts';
import { SearchRefusal, createSearchEngine } from './search/engine.mts';
import type { SearchDocument, SearchHit, SearchRequest } from './search/engine.mts';
import { documentSerializer } from './serialize.mts';
import type { Document, Store } from './store.mts';

const generalError = 'Error listing search results, check logs for more detail.';

const parameters = {
	text: 'text',
	title_search: 'title',
	query: 'query',
	more_like_id: 'moreLike',
} as const;

/** The full text search in the query string. Even an empty value starts a search. */
export function searchRequest({ query, profile }: Call): SearchRequest | undefined {
	const known = Object.entries(parameters).filter(
		([, kind]) => profile.documentVersions || kind === 'query' || kind === 'moreLike',
	);
	const given = known.flatMap(([name, kind]) => {
		const value = query.get(name);
		return value === undefined ? [] : [{ kind, value }];
	});
	if (profile.documentVersions && given.length > 1) {
		detail(400, 'Specify only one of text, title_search, query, or more_like_id.');
	}
	return given[0];
}

const engines = new WeakMap<Store, ReturnType<typeof createSearchEngine>>();

function engineOf(store: Store): ReturnType<typeof createSearchEngine> {
	const engine =
		engines.get(store) ?? createSearchEngine(store.profile, () => store.date().getTime());
	engines.set(store, engine);
	return engine;
}

function toSearchDocument(store: Store, document: Document): SearchDocument {
	const nameOf = (table: { rows: Map<number, { name: string }> }, id: number | null) =>
		table.rows.get(id ?? 0)?.name;
	const correspondent = nameOf(store.correspondents, document.correspondent);
	const documentType = nameOf(store.document_types, document.document_type);
	const storagePath = nameOf(store.storage_paths, document.storage_path);
	const usernameOf = (id: number | null) => store.users.get(id)?.username ?? '';
	return {
		id: document.id,
		title: document.title,
		content: document.content,
		...(correspondent !== undefined && { correspondent }),
		...(documentType !== undefined && { documentType }),
		...(storagePath !== undefined && { storagePath }),
		tags: document.tags.map((id) => ({ id, name: nameOf(store.tags, id) ?? '' })),
		notes: document.notes.map(({ note, user }) => ({ note, user: usernameOf(user) })),
		customFields: document.custom_fields.flatMap(({ field: id, value }) => {
			const field = store.custom_fields.get(id);
			return field ? [{ id, name: field.name, value: displayText(field, value) }] : [];
		}),
		asn: document.archive_serial_number,
		created: document.created.slice(0, 10),
		added: document.added,
		modified: document.indexed ?? document.modified,
		owner:
			document.owner === null ? null : { id: document.owner, username: usernameOf(document.owner) },
		correspondentId: document.correspondent,
		documentTypeId: document.document_type,
		storagePathId: document.storage_path,
		pageCount: document.page_count,
		originalFilename: document.original_file_name ?? '',
		checksum: document.original.checksum,
		viewerIds: document.grants.view.users,
	};
}

function requireSimilar({ store, user, profile }: Call, value: string): void {
	const found = /^\d+$/.test(value) ? store.documents.get(Number(value)) : undefined;
	if (found?.deleted_at === null) {
		if (profile.ownerGuarded && !maySee(found, user)) refuse(403, 'Insufficient permissions.');
		return;
	}
	if (profile.ownerGuarded) refuse(403, 'Invalid more_like_id');
	refuse(400, generalError);
}

function requireLength(text: string): void {
	if (text.length > 4096)
		refuse(400, { query: ['The search query is too long (maximum 4096 characters).'] });
}

/** What the index knows when it is up to date. */
export const indexedDocuments = (store: Store): SearchDocument[] =>
	store
		.livingDocuments()
		.filter(({ indexed }) => indexed !== null)
		.map((document) => toSearchDocument(store, document));

export function searchHits(
	call: Call,
	request: SearchRequest,
): { hits: SearchHit[]; correctedQuery: string | null } {
	const { store } = call;
	if (request.kind === 'moreLike') requireSimilar(call, request.value);
	else if (call.profile.like33) requireLength(request.value);
	try {
		return engineOf(store).search(store.heldIndex ?? indexedDocuments(store), request);
	} catch (error) {
		if (error instanceof SearchRefusal) refuse(error.status, error.body);
		throw error;
	}
}

interface Order {
	ordered: Document[];
	byScore: boolean;
}

/** The fields that the engines sort by themselves. Tantivy rounds times down to seconds. */
export function hitSortings({
	store,
	profile,
}: Pick<Call, 'store' | 'profile'>): Sortings<Document> {
	const { id, storage_path__name: path, ...known } = sortings({ store, profile });
	const precise = (time: string) => (profile.documentVersions ? time.slice(0, 19) : time);
	return {
		...known,
		...(profile.documentVersions && id && path && { id, storage_path__name: path }),
		added: ({ added }) => precise(added),
		modified: ({ indexed, modified }) => precise(indexed ?? modified),
	};
}

/** The engines sort rows without these values last; the database sorts them first. */
const emptyLast = ['archive_serial_number', 'page_count'];

function orderHits(call: Call, hits: Document[]): Order {
	const wish = call.query.filled('ordering') ?? '';
	return call.profile.documentVersions
		? orderTantivy(call, hits, wish)
		: orderWhoosh(call, hits, wish);
}

function orderTantivy(call: Call, hits: Document[], wish: string): Order {
	if (wish === '' || wish === '-score') return { ordered: hits, byScore: true };
	if (wish === 'score') return { ordered: hits.toReversed(), byScore: true };
	const name = wish.replace(/^-/, '');
	const key = hitSortings(call)[name];
	const sorted = key && orderBy(byId(hits), wish, { [name]: key });
	const ordered = sorted ?? orderDocuments(call, byId(hits));
	return {
		ordered: emptyLast.includes(name) ? partition(call, ordered, name) : ordered,
		byScore: false,
	};
}

/** Whoosh sorts by one field. Descending order reverses the whole result. */
function orderWhoosh(call: Call, hits: Document[], wish: string): Order {
	const name = wish.replace(/^-/, '');
	if (name.startsWith('custom_field_')) {
		if (!call.store.custom_fields.rows.has(Number(name.slice(13)))) refuse(400, generalError);
		if (!call.profile.createdIsDate) return { ordered: hits, byScore: true };
		return { ordered: orderDocuments(call, byId(hits)), byScore: true };
	}
	const key = hitSortings(call)[name];
	if (key === undefined) return { ordered: hits, byScore: true };
	const ascending = orderBy(byId(hits), name, { [name]: key }) ?? hits;
	const whole = [...emptyLast, 'owner'].includes(name)
		? partition(call, ascending, name)
		: ascending;
	return { ordered: wish.startsWith('-') ? whole.toReversed() : whole, byScore: false };
}

function partition(call: Call, documents: Document[], name: string): Document[] {
	const isEmpty = (document: Document) => hitSortings(call)[name]?.(document) === null;
	return [...documents.filter((document) => !isEmpty(document)), ...documents.filter(isEmpty)];
}

const byId = (documents: Document[]): Document[] => documents.toSorted((a, b) => a.id - b.id);

function filtered(call: Call): Set<Document> {
	try {
		return new Set(filteredDocuments(call));
	} catch (error) {
		if (call.profile.documentVersions) throw error;
		return refuse(400, generalError);
	}
}

export function listHits(call: Call, request: SearchRequest): Reply {
	const { store, profile } = call;
	const allowed = filtered(call);
	const { hits, correctedQuery } = searchHits(call, request);
	const hitOf = new Map(hits.map((hit) => [hit.id, hit]));
	const found = hits.flatMap(({ id }) => {
		const document = store.documents.get(id);
		return document && allowed.has(document) ? [document] : [];
	});
	const { ordered, byScore } = orderHits(call, found);
	const { rows, start, envelope } = paginate(call, ordered, ({ id }) => id);
	const ranks =
		!profile.documentVersions && byScore
			? new Map(found.map((document, rank) => [document, rank]))
			: undefined;
	const serialize = documentSerializer(call);
	return ok({
		...envelope,
		...(profile.correctsQueries && { corrected_query: correctedQuery }),
		results: rows.map((document, index) => {
			const hit = hitOf.get(document.id);
			return {
				...serialize(document),
				__search_hit__: {
					score: profile.documentVersions || byScore ? (hit?.score ?? null) : null,
					highlights: hit?.highlights ?? '',
					note_highlights: hit?.noteHighlights ?? null,
					rank: ranks?.get(document) ?? start + index + (profile.documentVersions ? 1 : 0),
				},
			};
		}),
	});
}
