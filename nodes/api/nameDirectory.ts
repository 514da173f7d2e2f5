import { capitalize } from './capitalize';
import { didYouMean } from './didYouMean';
import { PaperlessError } from './errors';
import type { CreatableKind, Kind, ObjectOf } from './kinds';
import { kinds } from './kinds';
import type { NewObject } from './nameCreator';
import { NameCreator, requireFreeNames } from './nameCreator';
import type { PaperlessClient } from './paperlessClient';
import { NameIndex } from './nameIndex';
import { nestedTags } from './nestedTags';
import { ObjectSource } from './objectSource';
import { namesWithIds, quotedName } from './quotedName';
import { readName } from './readName';
import type { Reference, Searched } from './reference';
import { isAddressed, isChosen, isName, requireChosen, textOf } from './reference';
import type { Named, Tag } from './schemas/named';
import { missingPart, pathParts, tagsAlong } from './tagPaths';
import type { WebPage } from './webPages';
import { idAt, nowhere, webPages } from './webPages';

/** The server nests tags five levels deep. A chain of parents that never ends is its fault. */
const deepest = 10;

const isNumeric = (text: string) => /^\d+$/.test(text);

/**
 * The objects that a reference can mean: for a number the object with this id, for a name those with
 * the name, and for any other text both.
 */
function matching<T extends Named>(index: NameIndex<T>, reference: Searched): T[] {
	const text = textOf(reference);
	const mayBeId = typeof reference !== 'object' && isNumeric(text);
	const withId = mayBeId ? index.withId(Number(text)) : undefined;
	const byName = typeof reference === 'number' ? [] : index.withName(text);
	return [...new Set([...(withId ? [withId] : []), ...byName])];
}

function unknown(
	kind: Kind,
	reference: Searched,
	index: NameIndex<Named>,
	parameter?: string,
): PaperlessError {
	const { noun } = kinds[kind];
	const name = textOf(reference);
	const missing =
		typeof reference === 'number'
			? `no ${noun} with the ID ${name}`
			: `no ${noun} ${quotedName(name)}`;
	const names = index.objects.map((object) => object.name);
	const isIdOfAnother =
		typeof reference === 'object' && isNumeric(name) && index.withId(Number(name)) !== undefined;
	const hint = isIdOfAnother ? ` To use the ID ${name}, choose “By ID”.` : '';
	return new PaperlessError('unresolved', `There is ${missing}`, {
		description: `${didYouMean(name, names)}${hint}`,
		parameter,
	});
}

function ambiguous(
	kind: Kind,
	reference: Searched,
	matches: readonly Named[],
	parameter?: string,
): PaperlessError {
	const name = textOf(reference);
	return new PaperlessError(
		'unresolved',
		`${capitalize(kinds[kind].noun)} ${quotedName(name)} is ambiguous`,
		{
			description: `Several have this name or ID: ${namesWithIds(matches)}. Use the ID as a number.`,
			parameter,
		},
	);
}

/** Whether the server folds the case of all letters of the name (docs/paperless-api.md#name-filters). */
const isPlain = (name: string) => /^[ -~]*$/.test(name);

/** Whether a search by these names finds all objects that they may mean. */
const isComplete = (found: readonly Named[], names: readonly string[]): boolean =>
	names.every((name) => isPlain(name) || found.some((object) => object.name === readName(name)));

/** Where a new object stands, and the names of the tags above it. */
type Place = { name: string; above: string[]; missing: string[]; parent?: number };

/**
 * Resolves names to ids and ids to names, for the life of one execution. Few names are searched for
 * one by one; for many of a kind its list is read, at most once. Names are compared as people read
 * them: without blanks around them, and by case only where several differ by nothing else. Several
 * objects may share a name when their owners differ (docs/paperless-api.md#names-and-owners).
 */
export class NameDirectory {
	private readonly api: PaperlessClient;
	private readonly source: ObjectSource;
	private readonly creator: NameCreator;
	/** Made of a list when it is first searched, and again after a change of the list. */
	private readonly indexes = new Map<Kind, { of: readonly Named[]; index: NameIndex<Named> }>();

	constructor(api: PaperlessClient) {
		this.api = api;
		this.source = new ObjectSource(api);
		this.creator = new NameCreator(api, {
			all: (kind) => this.all(kind),
			named: async (kind, name) =>
				(await this.allMeant(kind, { ids: [], names: [readName(name)] })) ?? (await this.all(kind)),
			reread: (kind) => this.reread(kind),
			add: (kind, created) => this.add(kind, created),
		});
	}

	/** Everything of a kind that the token's user may see. Takes seconds where there are thousands. */
	async all<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		return await this.source.all(kind);
	}

	/**
	 * Returns the object with this id or name. Throws an error of the kind `unresolved` where there is
	 * none, with near matches, or more than one, or where the chosen one has another name by now.
	 */
	async find<K extends Kind>(
		kind: K,
		reference: Reference,
		parameter?: string,
	): Promise<ObjectOf<K>> {
		if (isAddressed(reference)) {
			return await this.find(kind, this.idAt(kind, reference.address, parameter), parameter);
		}
		if (isChosen(reference)) {
			const found = await this.find(kind, reference.id, parameter);
			requireChosen(kind, found, reference, parameter);
			return found;
		}
		const { object, parts } = await this.lookUp(kind, reference, parameter, false);
		if (object) return object;
		const index = await this.indexOf(kind);
		throw parts
			? missingPart(index, parts, tagsAlong(index, parts, parameter), parameter)
			: unknown(kind, reference, index, parameter);
	}

	private idAt(kind: Kind, text: string, parameter?: string): number {
		const pages: Partial<Record<Kind, WebPage>> = webPages;
		const page = pages[kind] ?? nowhere;
		return idAt(this.api, page, { text, noun: kinds[kind].noun, parameter });
	}

	/** Like `find`, for several references. */
	async findAll<K extends Kind>(
		kind: K,
		references: readonly Reference[],
		parameter?: string,
	): Promise<Array<ObjectOf<K>>> {
		await this.prepare(kind, references);
		const found: Array<ObjectOf<K>> = [];
		// One after the other: the first unknown name ends the search, however many follow.
		for (const reference of references) found.push(await this.find(kind, reference, parameter));
		return found;
	}

	private async indexOf<K extends Kind>(kind: K): Promise<NameIndex<ObjectOf<K>>> {
		const objects = await this.all(kind);
		const made = this.indexes.get(kind);
		// The list may have been read again meanwhile.
		const index = made?.of === objects ? made.index : new NameIndex<Named>(objects);
		this.indexes.set(kind, { of: objects, index });
		return index as NameIndex<ObjectOf<K>>;
	}

	/**
	 * All objects that these ids and names may mean, so that one that is absent does not exist;
	 * `undefined` where only the list tells that.
	 */
	private async allMeant<K extends Kind>(
		kind: K,
		{ ids, names }: { ids: readonly number[]; names: readonly string[] },
	): Promise<Array<ObjectOf<K>> | undefined> {
		if (!names.every(isPlain)) return undefined;
		const found = await Promise.all([
			this.source.containing(kind, names),
			this.source.some(kind, { ids, names: [] }),
		]);
		const [byName, byId] = found;
		return byName && byId
			? [...new Map([...byName, ...byId].map((object) => [object.id, object])).values()]
			: undefined;
	}

	/** The object with this name or path, or `undefined`. Throws where there is more than one. */
	async existing<K extends Kind>(
		kind: K,
		name: string,
		parameter?: string,
	): Promise<ObjectOf<K> | undefined> {
		return (await this.lookUp(kind, { name }, parameter)).object;
	}

	/** The object, and the parts of a path where the reference is no plain name or id. */
	private async lookUp<K extends Kind>(
		kind: K,
		reference: Searched,
		parameter?: string,
		mayBeMissing = true,
	): Promise<{ object: ObjectOf<K> | undefined; parts?: string[] | undefined }> {
		const parts = await this.pathTo(kind, textOf(reference));
		const locate = (index: NameIndex<ObjectOf<K>>) => {
			const matches = matching(index, reference);
			if (matches.length > 1) throw ambiguous(kind, reference, matches, parameter);
			if (matches[0] || !parts) return matches[0];
			return tagsAlong(index, parts, parameter)[parts.length - 1];
		};
		const asked = this.askedBy(reference, parts);
		const all = mayBeMissing && !parts ? await this.allMeant(kind, asked) : undefined;
		if (all) return { object: locate(new NameIndex(all)), parts };
		const some = await this.source.some(kind, asked);
		const isCertain = some && isComplete(some, parts ?? asked.names);
		const object = isCertain ? locate(new NameIndex(some)) : undefined;
		return { object: object ?? locate(await this.indexOf(kind)), parts };
	}

	/** The id of the only tag that a name can mean, where a quick search shows it. */
	private async quickTag(kind: Kind, reference: Reference): Promise<number | undefined> {
		const name = readName(textOf(reference));
		if (kind !== 'tag' || !isName(reference) || isNumeric(name)) return undefined;
		if (await this.pathTo(kind, name)) return undefined;
		const found = await this.source.quickTags(name);
		if (!found || !isComplete(found, [name])) return undefined;
		const [tag, ...others] = new NameIndex(found).withName(name);
		return others.length === 0 ? tag?.id : undefined;
	}

	private askedBy(reference: Reference, parts: readonly string[] = []) {
		if (isChosen(reference)) return { ids: [reference.id], names: [] };
		if (isAddressed(reference)) return { ids: [], names: [] };
		const text = textOf(reference);
		return {
			ids: typeof reference !== 'object' && isNumeric(text) ? [Number(text)] : [],
			names: typeof reference === 'number' ? [] : [text, ...parts].map(readName),
		};
	}

	/** Reads what several references of a field need, together or as the whole list. */
	async prepare(kind: Kind, references: readonly Reference[], mayBeMissing = false): Promise<void> {
		const paths = await Promise.all(
			references.map((reference) => this.pathTo(kind, textOf(reference))),
		);
		const asked = references.map((reference, at) => this.askedBy(reference, paths[at]));
		const ids = asked.flatMap((one) => one.ids);
		const names = asked.flatMap((one) => one.names);
		if (ids.length + names.length === 0) return;
		const isWhole = mayBeMissing && paths.every((path) => path === undefined);
		const found = isWhole
			? await this.allMeant(kind, { ids, names })
			: await this.source.some(kind, { ids, names });
		if (!found) await this.all(kind);
	}

	/** The id for a reference. A number or an address is not looked up, because the server rejects unknown ids. */
	async id(kind: Kind, reference: Reference, parameter?: string): Promise<number> {
		if (isAddressed(reference)) return this.idAt(kind, reference.address, parameter);
		return typeof reference === 'number'
			? reference
			: (await this.find(kind, reference, parameter)).id;
	}

	/** The ids for ids and names, each once. */
	async ids(kind: Kind, references: readonly Reference[], parameter?: string): Promise<number[]> {
		await this.prepare(
			kind,
			references.filter((reference) => typeof reference !== 'number'),
		);
		const found = new Set<number>();
		for (const reference of references) found.add(await this.id(kind, reference, parameter));
		return [...found];
	}

	/** Like `ids`, in any order. The objects are not known afterwards, so a quick search may do. */
	async idsToFilter(
		kind: Kind,
		references: readonly Reference[],
		parameter?: string,
	): Promise<number[]> {
		const quick = await Promise.all(references.map((one) => this.quickTag(kind, one)));
		const others = references.filter((_, at) => quick[at] === undefined);
		const ids = quick.flatMap((id) => id ?? []);
		return [...new Set([...ids, ...(await this.ids(kind, others, parameter))])];
	}

	/**
	 * The ids of the objects with exactly these names, of the expected objects first. A name that several
	 * have yields one of them.
	 */
	async idsNamed(kind: Kind, names: readonly string[]): Promise<Map<string, number>> {
		if (names.length === 0) return new Map();
		const expected = await this.source.expectedOnes(kind);
		const found = new Map(expected.map(({ id, name }) => [name, id]));
		const others = names.filter((name) => !found.has(name));
		if (others.length === 0) return found;
		const objects =
			(await this.source.some(kind, { ids: [], names: others })) ?? (await this.all(kind));
		return new Map([...found, ...objects.map(({ id, name }) => [name, id] as const)]);
	}

	/** Like `id`, but creates a name that does not exist, once however many items ask for it. */
	async idOrCreate(
		kind: CreatableKind,
		reference: Reference,
		parameter?: string,
		object: NewObject = {},
	): Promise<number> {
		const name = textOf(reference);
		if (!isName(reference) || name === '') return await this.id(kind, reference, parameter);
		const { object: found, parts = [name] } = await this.lookUp(kind, reference, parameter);
		return found?.id ?? (await this.creator.idOf(kind, parts, object, parameter));
	}

	/**
	 * The place at which a new object of this name stands: for the path of a tag, its last part and
	 * the tags above it, with the id of its parent if none of them is missing.
	 */
	async placeFor(kind: Kind, name: string): Promise<Place> {
		const parts = await this.pathTo(kind, name);
		if (!parts) return { name, above: [], missing: [] };
		requireFreeNames(await this.all(kind), parts, 'name');
		const above = parts.slice(0, -1);
		const known = tagsAlong(await this.indexOf('tag'), above, 'name');
		const missing = above.slice(known.length);
		const parent = missing.length === 0 ? known.at(-1)?.id : undefined;
		return { name: parts.at(-1) ?? '', above, missing, ...(parent !== undefined && { parent }) };
	}

	/** The id of the parent of a place. Missing tags above it are created. */
	async parentAt({ above, parent }: Place, object: NewObject): Promise<number | undefined> {
		if (above.length === 0 || parent !== undefined) return parent;
		return await this.creator.idOf('tag', above, object, 'name');
	}

	/** Like `id`, but `undefined` for a name that `idOrCreate` would create. */
	async knownId(
		kind: CreatableKind,
		reference: Reference,
		parameter?: string,
	): Promise<number | undefined> {
		return !isName(reference) || textOf(reference) === ''
			? await this.id(kind, reference, parameter)
			: (await this.lookUp(kind, reference, parameter)).object?.id;
	}

	/** Returns the parts of a tag's path on servers that nest tags. */
	private async pathTo(kind: Kind, name: string): Promise<string[] | undefined> {
		const parts = kind === 'tag' ? pathParts(name.trim()) : undefined;
		return parts && (await this.api.server()).has('nestedTags') ? parts : undefined;
	}

	/** Reads a list again, because another execution may have changed it. */
	async reread<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		this.source.forget(kind);
		this.indexes.delete(kind);
		return await this.all(kind);
	}

	/** The objects that are known without a request: the whole list, or nothing where it was not read. */
	async known<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		return this.source.isListed(kind) ? await this.all(kind) : [];
	}

	/** Adds an object that was created after the list was read. */
	async add(kind: Kind, created: Named): Promise<void> {
		await this.source.add(kind, created);
		this.indexes.delete(kind);
	}

	/** Takes over what an object has become after the list was read. */
	async replace(kind: Kind, changed: Named): Promise<void> {
		await this.source.replace(kind, changed);
		this.indexes.delete(kind);
	}

	/** Will be asked for later: the next request for ids of the kind asks for these as well. */
	expect(kind: Kind, ids: Iterable<number>): void {
		this.source.expect(kind, ids);
	}

	/** Names for ids, with at most one request. Ids that the token's user may not see are left out. */
	async namesOf(kind: Kind, ids: Iterable<number>): Promise<Map<number, string>> {
		const objects = await this.source.withIds(kind, ids);
		return new Map([...objects].map(([id, { name }]) => [id, name]));
	}

	/**
	 * At least the tags with these ids and all tags above and below them. The server sends a tag with
	 * all that is below it (docs/paperless-api.md#deleted-parent-tags); for what is above it, each
	 * level costs a request.
	 */
	async tagsAround(ids: Iterable<number>): Promise<Tag[]> {
		const tags = new Map<number, Tag>();
		let wanted = [...ids];
		for (let level = 0; wanted.length > 0; level += 1) {
			if (level > deepest) return await this.all('tag');
			const found = await this.source.withIds('tag', wanted);
			const nests = (await this.api.server()).has('nestedTags');
			for (const tag of found.values()) {
				const nested = nests ? nestedTags(tag) : [tag];
				if (nested === undefined) return await this.all('tag');
				for (const one of nested) tags.set(one.id, one);
			}
			const parents = [...found.values()].map(({ parent }) => parent ?? 0);
			wanted = parents.filter((id) => id > 0 && !tags.has(id));
		}
		return [...tags.values()];
	}
}
