import { capitalize } from './capitalize';
import { didYouMean } from './didYouMean';
import { PaperlessError } from './errors';
import type { CreatableKind, Kind, ObjectOf } from './kinds';
import { kinds, wholeList } from './kinds';
import type { NewObject } from './nameCreator';
import { NameCreator, requireFreeNames } from './nameCreator';
import type { PaperlessClient } from './paperlessClient';
import type { Named } from './schemas/named';
import { NameIndex } from './nameIndex';
import { quotedName } from './quotedName';
import { missingPart, pathParts, tagsAlong } from './tagPaths';

/**
 * An id as a number, a text that is certainly a name, or a text that is a name or, if it consists of
 * digits, an id.
 */
export type Reference = number | string | { readonly name: string };

/** Up to this many ids are requested by `id__in`; for more the whole list is the smaller request. */
const fewIds = 200;

const isNumeric = (text: string) => /^\d+$/.test(text);

export const textOf = (reference: Reference): string =>
	(typeof reference === 'object' ? reference.name : String(reference)).trim();

/**
 * The objects that a reference can mean: for a number the object with this id, for a name those with
 * the name, and for any other text both.
 */
function matching<T extends Named>(index: NameIndex<T>, reference: Reference): T[] {
	const text = textOf(reference);
	const mayBeId = typeof reference !== 'object' && isNumeric(text);
	const withId = mayBeId ? index.withId(Number(text)) : undefined;
	const byName = typeof reference === 'number' ? [] : index.withName(text);
	return [...new Set([...(withId ? [withId] : []), ...byName])];
}

function unknown(
	kind: Kind,
	reference: Reference,
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
	reference: Reference,
	matches: readonly Named[],
	parameter?: string,
): PaperlessError {
	const name = textOf(reference);
	const candidates = matches
		.map((object) => `${quotedName(object.name)} (ID ${object.id})`)
		.join(', ');
	return new PaperlessError(
		'unresolved',
		`${capitalize(kinds[kind].noun)} ${quotedName(name)} is ambiguous`,
		{
			description: `Several have this name or ID: ${candidates}. Use the ID as a number.`,
			parameter,
		},
	);
}

/**
 * Resolves names to ids and ids to names, for the life of one execution. Each kind is listed at most
 * once, when its first name is met. Names are compared as people read them: without blanks around
 * them, and by case only where several differ by nothing else. Several objects may share a name when
 * their owners differ (docs/paperless-api.md#names-and-owners).
 */
export class NameDirectory {
	private readonly api: PaperlessClient;
	private readonly creator: NameCreator;
	private readonly lists = new Map<Kind, Promise<Named[]>>();
	/** Made of a list when it is first searched, and again after a change of the list. */
	private readonly indexes = new Map<Kind, { of: readonly Named[]; index: NameIndex<Named> }>();
	/** Names that were requested by their ids; without a name for ids that are hidden. */
	private readonly seen = new Map<Kind, Map<number, string | undefined>>();

	constructor(api: PaperlessClient) {
		this.api = api;
		this.creator = new NameCreator(api, {
			all: (kind) => this.all(kind),
			reread: (kind) => this.reread(kind),
			add: (kind, created) => this.add(kind, created),
		});
	}

	/** Everything of a kind that the token's user may see. */
	async all<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		const known = this.lists.get(kind) ?? kinds[kind].of(this.api).list({}, wholeList);
		this.lists.set(kind, known);
		return (await known) as Array<ObjectOf<K>>;
	}

	/**
	 * Returns the object with this id or name. Throws an error of the kind `unresolved`, with near
	 * matches, where there is none or more than one.
	 */
	async find<K extends Kind>(
		kind: K,
		reference: Reference,
		parameter?: string,
	): Promise<ObjectOf<K>> {
		const { object, parts } = await this.lookUp(kind, reference, parameter);
		if (object) return object;
		const index = await this.indexOf(kind);
		throw parts
			? missingPart(index, parts, tagsAlong(index, parts, parameter), parameter)
			: unknown(kind, reference, index, parameter);
	}

	private async indexOf<K extends Kind>(kind: K): Promise<NameIndex<ObjectOf<K>>> {
		const objects = await this.all(kind);
		const made = this.indexes.get(kind);
		// The list may have been read again meanwhile.
		const index = made?.of === objects ? made.index : new NameIndex<Named>(objects);
		this.indexes.set(kind, { of: objects, index });
		return index as NameIndex<ObjectOf<K>>;
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
		reference: Reference,
		parameter?: string,
	): Promise<{ object: ObjectOf<K> | undefined; parts?: string[] }> {
		const index = await this.indexOf(kind);
		const matches = matching(index, reference);
		if (matches.length > 1) throw ambiguous(kind, reference, matches, parameter);
		if (matches[0]) return { object: matches[0] };
		const parts = await this.pathTo(kind, textOf(reference));
		if (!parts) return { object: undefined };
		const found = tagsAlong(index, parts, parameter);
		return { object: found[parts.length - 1], parts };
	}

	/** The id for an id or a name. A number is not looked up, because the server rejects unknown ids. */
	async id(kind: Kind, reference: Reference, parameter?: string): Promise<number> {
		return typeof reference === 'number'
			? reference
			: (await this.find(kind, reference, parameter)).id;
	}

	/** The ids for ids and names, each once. */
	async ids(kind: Kind, references: readonly Reference[], parameter?: string): Promise<number[]> {
		const found = new Set<number>();
		// One after the other: the first unknown name ends the search, however many follow.
		for (const reference of references) found.add(await this.id(kind, reference, parameter));
		return [...found];
	}

	/** Like `id`, but creates a name that does not exist, once however many items ask for it. */
	async idOrCreate(
		kind: CreatableKind,
		reference: Reference,
		parameter?: string,
		object: NewObject = {},
	): Promise<number> {
		const name = textOf(reference);
		if (typeof reference === 'number' || name === '')
			return await this.id(kind, reference, parameter);
		const { object: found, parts = [name] } = await this.lookUp(kind, reference, parameter);
		return found?.id ?? (await this.creator.idOf(kind, parts, object, parameter));
	}

	/**
	 * The place at which a new object of this name stands: for the path of a tag, its last part and
	 * the id of its parent. Missing parents are created.
	 */
	async placeFor(
		kind: Kind,
		name: string,
		object: NewObject = {},
	): Promise<{ name: string; parent?: number }> {
		const parts = await this.pathTo(kind, name);
		if (!parts) return { name };
		const all = await this.all(kind);
		requireFreeNames(all, parts, 'name');
		const above = parts.slice(0, -1);
		const parent =
			tagsAlong(await this.indexOf('tag'), above, 'name')[above.length - 1]?.id ??
			(await this.creator.idOf('tag', above, object, 'name'));
		return { name: parts.at(-1) ?? '', parent };
	}

	/** Like `id`, but `undefined` for a name that `idOrCreate` would create. */
	async knownId(
		kind: CreatableKind,
		reference: Reference,
		parameter?: string,
	): Promise<number | undefined> {
		return typeof reference === 'number' || textOf(reference) === ''
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
		this.lists.delete(kind);
		this.indexes.delete(kind);
		return await this.all(kind);
	}

	/** The objects that are known without a request: the whole list, or nothing where it was not read. */
	async known<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		return this.lists.has(kind) ? await this.all(kind) : [];
	}

	/** Adds an object that was created after the list was read. */
	async add(kind: Kind, created: Named): Promise<void> {
		if (this.lists.has(kind)) ((await this.all(kind)) as Named[]).push(created);
		this.indexes.delete(kind);
	}

	/** Takes over what an object has become after the list was read. */
	async replace(kind: Kind, changed: Named): Promise<void> {
		this.seen.get(kind)?.delete(changed.id);
		const list = (await this.known(kind)) as Named[];
		const at = list.findIndex(({ id }) => id === changed.id);
		if (at !== -1) list[at] = changed;
		this.indexes.delete(kind);
	}

	/** Names for ids, with at most one request. Ids that the token's user may not see are left out. */
	async namesOf(kind: Kind, ids: Iterable<number>): Promise<Map<number, string>> {
		const wanted = [...new Set(ids)];
		const seen = this.seen.get(kind) ?? new Map<number, string | undefined>();
		this.seen.set(kind, seen);
		const unseen = this.lists.has(kind) ? wanted : wanted.filter((id) => !seen.has(id));
		if (unseen.length > 0) {
			const objects =
				this.lists.has(kind) || unseen.length > fewIds || kind === 'savedView'
					? await this.all(kind)
					: await kinds[kind].of(this.api).list({ id__in: unseen.join(',') }, wholeList);
			const names = new Map(objects.map(({ id, name }) => [id, name]));
			for (const id of unseen) seen.set(id, names.get(id));
		}
		return new Map(
			wanted.flatMap((id) => {
				const name = seen.get(id);
				return name === undefined ? [] : [[id, name] as const];
			}),
		);
	}
}
