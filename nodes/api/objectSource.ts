import { characterCount } from './characterCount';
import { asError } from './errors';
import type { Query } from './httpTransport';
import type { Kind, ObjectOf } from './kinds';
import { kinds, wholeList } from './kinds';
import type { PaperlessClient } from './paperlessClient';
import { longestName } from './quotedName';
import type { Named } from './schemas/named';

/** Up to this many ids are requested by `id__in`; for more the whole list is the smaller request. */
const fewIds = 200;

/**
 * Requests for single objects of a kind in one execution. Beyond them the whole list is read, which
 * takes seconds where there are thousands (docs/paperless-api.md#long-lists).
 */
const mostSearches = 5;

/** Kinds that may have thousands of objects; the lists of the others are short and often needed whole. */
const longKinds: ReadonlySet<Kind> = new Set([
	'correspondent',
	'documentType',
	'storagePath',
	'tag',
]);

/** The server ignores a filter without a value, and rejects some of the control characters. */
const isSearchable = (name: string) =>
	characterCount(name) <= longestName && name.trim() !== '' && !/\p{Cc}/u.test(name);

/** Searches for single tags, which take a hundredth of the time of their list, in one execution. */
const mostTagSearches = 20;

type NameFilter = 'iexact' | 'icontains';

/** By filter and name. */
type Searches = Map<string, Promise<Named[]>>;

const lowerCase = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** No server distinguishes the case of ASCII letters here (docs/paperless-api.md#name-filters). */
const searchKey = (filter: NameFilter, name: string): string => `${filter}:${lowerCase(name)}`;

/** Whether this search finds an object of this name. */
const finds = (key: string, name: string): boolean =>
	key === searchKey('iexact', name) ||
	(key.startsWith('icontains:') && lowerCase(name).includes(key.slice('icontains:'.length)));

const valueIn = <Key, Value>(map: Map<Key, Value>, key: Key, initial: Value): Value => {
	const value = map.get(key) ?? initial;
	map.set(key, value);
	return value;
};

/**
 * The objects of one execution that names and ids refer to, each read at most once: few of a kind by
 * their ids and names, many as the whole list.
 */
export class ObjectSource {
	private readonly api: PaperlessClient;
	private readonly lists = new Map<Kind, Promise<Named[]>>();
	/** By id; without an object for ids that are hidden or do not exist. */
	private readonly seen = new Map<Kind, Map<number, Promise<Named | undefined>>>();
	private readonly searches = new Map<Kind, Searches>();
	private readonly tagSearches = new Map<string, Promise<Named[] | undefined>>();
	private readonly spent = new Map<Kind, number>();
	private readonly expected = new Map<Kind, Set<number>>();

	constructor(api: PaperlessClient) {
		this.api = api;
	}

	/** Everything of a kind that the token's user may see. */
	async all<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		const known = this.lists.get(kind) ?? kinds[kind].of(this.api).list({}, wholeList);
		this.lists.set(kind, known);
		return (await known) as Array<ObjectOf<K>>;
	}

	/** Whether the whole list was read or is being read. */
	isListed(kind: Kind): boolean {
		return this.lists.has(kind);
	}

	/** Forgets the list of a kind, because another execution may have changed it. */
	forget(kind: Kind): void {
		this.tagSearches.clear();
		this.lists.delete(kind);
		this.searches.delete(kind);
		this.seen.delete(kind);
	}

	/** Will be asked for later. The next request for ids of the kind includes these, so that one suffices. */
	expect(kind: Kind, ids: Iterable<number>): void {
		const expected = valueIn(this.expected, kind, new Set());
		for (const id of ids) expected.add(id);
	}

	/** The first of these ids that will be asked for, with at most one request. */
	async expectedOnes<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		const ids = [...(this.expected.get(kind) ?? [])].slice(0, fewIds);
		return [...(await this.withIds(kind, ids)).values()];
	}

	/** The objects with these ids, with at most one request. Ids that are hidden or unknown are absent. */
	async withIds<K extends Kind>(kind: K, ids: Iterable<number>): Promise<Map<number, ObjectOf<K>>> {
		const wanted = new Set(ids);
		const seen = valueIn(this.seen, kind, new Map());
		const unseen = [...wanted].filter((id) => !seen.has(id));
		const needsList = unseen.length > fewIds || (unseen.length > 0 && kind === 'savedView');
		if (this.lists.has(kind) || needsList) {
			const all = await this.all(kind);
			return new Map(all.filter(({ id }) => wanted.has(id)).map((object) => [object.id, object]));
		}
		if (unseen.length > 0) {
			const expected = [...(this.expected.get(kind) ?? [])].filter((id) => !seen.has(id));
			const asked = [...new Set([...unseen, ...expected])].slice(0, fewIds);
			const rows = this.read(kind, { id__in: asked.join(',') }).then(
				(objects) => new Map(objects.map((object) => [object.id, object])),
			);
			for (const id of asked) {
				const object = rows.then((objects) => objects.get(id));
				seen.set(id, object);
				// Nobody may ask for an expected one, and a rejection that nobody hears ends n8n.
				void object.then(() => undefined, asError);
			}
		}
		const found = await Promise.all([...wanted].map((id) => seen.get(id)));
		return new Map(
			found.flatMap((object) => (object ? [[object.id, object as ObjectOf<K>] as const] : [])),
		);
	}

	/**
	 * At least the objects with one of these ids or with exactly one of these names. Returns
	 * `undefined` where the whole list is known already or is the better request.
	 */
	async some<K extends Kind>(
		kind: K,
		{ ids, names }: { ids: readonly number[]; names: readonly string[] },
	): Promise<Array<ObjectOf<K>> | undefined> {
		if (this.lists.has(kind) || !longKinds.has(kind) || !names.every(isSearchable))
			return undefined;
		const seen = this.seen.get(kind);
		const isNew = ids.some((id) => seen?.has(id) !== true);
		if (
			ids.length > fewIds ||
			!this.spend(kind, this.newSearches(kind, 'iexact', names) + (isNew ? 1 : 0))
		)
			return undefined;
		const [byId, ...byName] = await Promise.all([
			this.withIds(kind, ids),
			...names.map(async (name) => await this.search(kind, 'iexact', name)),
		]);
		const found = [...byId.values(), ...(byName.flat() as Array<ObjectOf<K>>)];
		return [...new Map(found.map((object) => [object.id, object])).values()];
	}

	/**
	 * All objects whose names contain one of these, which need to be in ASCII. Returns `undefined` where
	 * the whole list is known already or is the better request.
	 */
	async containing<K extends Kind>(
		kind: K,
		names: readonly string[],
	): Promise<Array<ObjectOf<K>> | undefined> {
		if (this.lists.has(kind) || !longKinds.has(kind) || !names.every(isSearchable))
			return undefined;
		if (!this.spend(kind, this.newSearches(kind, 'icontains', names))) return undefined;
		const found = await Promise.all(names.map((name) => this.search(kind, 'icontains', name)));
		return found.flat() as Array<ObjectOf<K>>;
	}

	/**
	 * All tags whose names contain this one, by the search that is quick where their list is not
	 * (docs/paperless-api.md#long-lists). They lack the number of their documents. Returns `undefined`
	 * where the search might leave out any, or the list is known or quick itself.
	 */
	async quickTags(name: string): Promise<Named[] | undefined> {
		if (this.lists.has('tag') || !isSearchable(name)) return undefined;
		if (!(await this.api.server()).has('countsForAllTags')) return undefined;
		const known = this.tagSearches.get(name);
		if (known || this.tagSearches.size >= mostTagSearches) return await known;
		// Whatever is wrong with the server, the list of tags says so as well.
		const found = this.api.search.tags(name).then(
			(tags) => tags,
			() => undefined,
		);
		this.tagSearches.set(name, found);
		return await found;
	}

	/** Whether so many more requests for single objects are better than the list. */
	private spend(kind: Kind, requests: number): boolean {
		const spent = (this.spent.get(kind) ?? 0) + requests;
		if (spent > mostSearches) return false;
		this.spent.set(kind, spent);
		return true;
	}

	/** How many searches these names would cost. */
	private newSearches(kind: Kind, filter: NameFilter, names: readonly string[]): number {
		const keys = new Set(names.map((name) => searchKey(filter, name)));
		return [...keys].filter((key) => !this.searches.get(kind)?.has(key)).length;
	}

	private search(kind: Kind, filter: NameFilter, name: string): Promise<Named[]> {
		const searches = valueIn(this.searches, kind, new Map());
		const key = searchKey(filter, name);
		const found = searches.get(key) ?? this.read(kind, { [`name__${filter}`]: name });
		searches.set(key, found);
		return found;
	}

	/** Adds an object that was created after the list was read. */
	async add(kind: Kind, created: Named): Promise<void> {
		this.tagSearches.clear();
		const searches: Searches = valueIn(this.searches, kind, new Map());
		for (const [key, found] of searches) {
			if (finds(key, created.name))
				searches.set(
					key,
					found.then((objects) => [...objects, created]),
				);
		}
		valueIn(this.seen, kind, new Map()).set(created.id, Promise.resolve(created));
		if (this.lists.has(kind)) ((await this.all(kind)) as Named[]).push(created);
	}

	/** Takes over what an object has become after it was read. */
	async replace(kind: Kind, changed: Named): Promise<void> {
		this.tagSearches.clear();
		this.searches.delete(kind);
		this.seen.get(kind)?.delete(changed.id);
		if (!this.lists.has(kind)) return;
		const list = (await this.all(kind)) as Named[];
		const at = list.findIndex(({ id }) => id === changed.id);
		if (at !== -1) list[at] = changed;
	}

	private async read(kind: Kind, query: Query) {
		const objects = (await kinds[kind].of(this.api).list(query, wholeList)) as Named[];
		const seen = valueIn(this.seen, kind, new Map());
		for (const object of objects) seen.set(object.id, Promise.resolve(object));
		return objects;
	}
}
