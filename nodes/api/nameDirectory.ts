import { capitalize } from './capitalize';
import { didYouMean } from './didYouMean';
import { PaperlessError } from './errors';
import type { CreatableKind, Kind, ObjectOf } from './kinds';
import { kinds, wholeList } from './kinds';
import { NameCreator } from './nameCreator';
import type { PaperlessClient } from './paperlessClient';
import type { Named } from './schemas/named';
import { childNamed, pathParts, tagAt, withName } from './tagPaths';

/** An id as a number, or text that is a name or an id. */
export type Reference = number | string;

/** Up to this many ids are requested by `id__in`; for more the whole list is the smaller request. */
const fewIds = 200;

const isNumeric = (text: string) => /^\d+$/.test(text);

/** The objects that a reference can mean: those with the id, and for text those with the name. */
function matching<T extends Named>(objects: readonly T[], reference: Reference): T[] {
	const text = String(reference).trim();
	const byId = isNumeric(text) ? objects.filter(({ id }) => id === Number(text)) : [];
	const byName = typeof reference === 'number' ? [] : withName(objects, text);
	return [...new Set([...byId, ...byName])];
}

function unknown(
	kind: Kind,
	reference: Reference,
	objects: readonly Named[],
	parameter?: string,
): PaperlessError {
	const { noun } = kinds[kind];
	const name = String(reference).trim();
	const missing =
		typeof reference === 'number' ? `no ${noun} with the ID ${name}` : `no ${noun} “${name}”`;
	const names = objects.map((object) => object.name);
	return new PaperlessError('unresolved', `There is ${missing}`, {
		description: didYouMean(name, names),
		parameter,
	});
}

function ambiguous(
	kind: Kind,
	reference: Reference,
	matches: readonly Named[],
	parameter?: string,
): PaperlessError {
	const name = String(reference).trim();
	const candidates = matches.map((object) => `“${object.name}” (ID ${object.id})`).join(', ');
	return new PaperlessError(
		'unresolved',
		`${capitalize(kinds[kind].noun)} “${name}” is ambiguous`,
		{
			description: `Several have this name or ID: ${candidates}. Use the ID as a number.`,
			parameter,
		},
	);
}

/**
 * Resolves names to ids and ids to names, for the life of one execution. Each kind is listed at most
 * once, when its first name is met. An exact name wins over a name that differs by case; several
 * objects may share a name when their owners differ (docs/paperless-api.md#names-and-owners).
 */
export class NameDirectory {
	private readonly api: PaperlessClient;
	private readonly creator: NameCreator;
	private readonly lists = new Map<Kind, Promise<Named[]>>();

	constructor(api: PaperlessClient) {
		this.api = api;
		this.creator = new NameCreator(api, {
			all: (kind) => this.all(kind),
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
		const objects = await this.all(kind);
		const matches = matching(objects, reference);
		if (matches.length > 1) throw ambiguous(kind, reference, matches, parameter);
		const parts = matches.length === 0 ? await this.pathTo(kind, String(reference)) : undefined;
		const match = parts ? tagAt(objects, parts, parameter) : matches[0];
		if (match === undefined) throw unknown(kind, reference, objects, parameter);
		return match;
	}

	/** The id for an id or a name. A number is not looked up, because the server rejects unknown ids. */
	async id(kind: Kind, reference: Reference, parameter?: string): Promise<number> {
		return typeof reference === 'number'
			? reference
			: (await this.find(kind, reference, parameter)).id;
	}

	/** The ids for ids and names, each once. */
	async ids(kind: Kind, references: readonly Reference[], parameter?: string): Promise<number[]> {
		const found = await Promise.all(
			references.map((reference) => this.id(kind, reference, parameter)),
		);
		return [...new Set(found)];
	}

	/** Like `id`, but creates a name that does not exist, once however many items ask for it. */
	async idOrCreate(kind: CreatableKind, reference: Reference, parameter?: string): Promise<number> {
		if (typeof reference === 'number') return reference;
		const name = reference.trim();
		const exists =
			isNumeric(name) || withName(await this.all(kind), name).length > 0 || name === '';
		if (exists) return await this.id(kind, reference, parameter);
		const parts = (await this.pathTo(kind, name)) ?? [name];
		return await this.creator.idOf(kind, parts, parameter);
	}

	/** Like `id`, but `undefined` for a name that `idOrCreate` would create. */
	async knownId(
		kind: CreatableKind,
		reference: Reference,
		parameter?: string,
	): Promise<number | undefined> {
		if (typeof reference === 'number') return reference;
		const name = reference.trim();
		const objects = await this.all(kind);
		const exists = isNumeric(name) || withName(objects, name).length > 0 || name === '';
		if (exists) return await this.id(kind, reference, parameter);
		let above: number | null = null;
		for (const part of (await this.pathTo(kind, name)) ?? []) {
			const tag: Named | undefined = childNamed(objects, above, part, parameter);
			if (tag === undefined) return undefined;
			above = tag.id;
		}
		return above ?? undefined;
	}

	/** Returns the parts of a tag's path on servers that nest tags. */
	private async pathTo(kind: Kind, name: string): Promise<string[] | undefined> {
		const parts = kind === 'tag' ? pathParts(name.trim()) : undefined;
		return parts && (await this.api.server()).has('nestedTags') ? parts : undefined;
	}

	/** The object with exactly this name. The text is always a name here, even if it consists of digits. */
	async existing<K extends Kind>(kind: K, name: string): Promise<ObjectOf<K> | undefined> {
		const [found] = withName(await this.all(kind), name);
		return found;
	}

	/** The objects that are known without a request: the whole list, or nothing where it was not read. */
	async known<K extends Kind>(kind: K): Promise<Array<ObjectOf<K>>> {
		return this.lists.has(kind) ? await this.all(kind) : [];
	}

	/** Adds an object that was created after the list was read. */
	async add(kind: Kind, created: Named): Promise<void> {
		((await this.all(kind)) as Named[]).push(created);
	}

	/** Names for ids, with one request. Ids that the token's user may not see are left out. */
	async namesOf(kind: Kind, ids: Iterable<number>): Promise<Map<number, string>> {
		const wanted = [...new Set(ids)];
		if (wanted.length === 0) return new Map();
		const objects =
			this.lists.has(kind) || wanted.length > fewIds || kind === 'savedView'
				? await this.all(kind)
				: await kinds[kind].of(this.api).list({ id__in: wanted.join(',') }, wholeList);
		return new Map(objects.map(({ id, name }) => [id, name]));
	}
}
