import type { Collection } from './collection';
import { PaperlessError } from './errors';
import { capitalize } from './capitalize';
import { didYouMean } from './didYouMean';
import type { PaperlessClient } from './paperlessClient';
import type { Named } from './schemas/named';
import { childNamed, pathParts, standsElsewhere, tagAt, withName } from './tagPaths';

/** What is chosen by name, and how it is called in messages. */
const kinds = {
	correspondent: { of: (api: PaperlessClient) => api.correspondents, noun: 'correspondent' },
	customField: { of: (api: PaperlessClient) => api.customFields, noun: 'custom field' },
	documentType: { of: (api: PaperlessClient) => api.documentTypes, noun: 'document type' },
	group: { of: (api: PaperlessClient) => api.groups, noun: 'group' },
	savedView: { of: (api: PaperlessClient) => api.savedViews, noun: 'saved view' },
	storagePath: { of: (api: PaperlessClient) => api.storagePaths, noun: 'storage path' },
	tag: { of: (api: PaperlessClient) => api.tags, noun: 'tag' },
	user: { of: (api: PaperlessClient) => api.users, noun: 'user' },
} satisfies Record<
	string,
	{ of: (api: PaperlessClient) => Pick<Collection<Named, never>, 'list' | 'path'>; noun: string }
>;

export type Kind = keyof typeof kinds;
type Entity<K extends Kind> = Awaited<
	ReturnType<ReturnType<(typeof kinds)[K]['of']>['list']>
>[number];

/** Kinds that a name alone is enough to create. */
const creatable = {
	correspondent: (api: PaperlessClient) => api.correspondents,
	documentType: (api: PaperlessClient) => api.documentTypes,
	tag: (api: PaperlessClient) => api.tags,
};

export type CreatableKind = keyof typeof creatable;

/** An id as a number, or a text that is a name or an id. */
export type Reference = number | string;

/** Lists of names are short rows: one request holds them all in most archives. */
export const wholeList = { pageSize: 10_000 };
/** Up to so many ids are asked for by `id__in`; for more the whole list is the smaller request. */
const fewIds = 200;
const noMatching = 0;

/**
 * Ids for names and names for ids, for the life of one execution: each kind is listed at most
 * once, when the first name of it is met. An exact name wins over one that differs by case; several
 * objects may share a name when their owners differ (trap 30).
 */
export class NameDirectory {
	private readonly api: PaperlessClient;
	private readonly lists = new Map<Kind, Promise<Named[]>>();
	private readonly creations = new Map<string, Promise<number>>();

	constructor(api: PaperlessClient) {
		this.api = api;
	}

	/** Everything of a kind that the token's user may see. */
	async all<K extends Kind>(kind: K): Promise<Array<Entity<K>>> {
		const known = this.lists.get(kind) ?? kinds[kind].of(this.api).list({}, wholeList);
		this.lists.set(kind, known);
		return (await known) as Array<Entity<K>>;
	}

	/** The object with this id or name; an id is not looked up where the server will check it. */
	async find<K extends Kind>(
		kind: K,
		reference: Reference,
		parameter?: string,
	): Promise<Entity<K>> {
		const entities = await this.all(kind);
		const { noun } = kinds[kind];
		const name = String(reference).trim();
		const named = typeof reference === 'number' ? [] : withName(entities, name);
		const byId = /^\d+$/.test(name) ? entities.filter(({ id }) => id === Number(name)) : [];
		const about = parameter === undefined ? {} : { parameter };
		const matches = [...new Set([...byId, ...named])];
		const parts = matches.length === 0 ? await this.pathTo(kind, name) : undefined;
		const match = parts ? tagAt(entities, parts, about) : matches[0];
		if (match === undefined) {
			const missing =
				typeof reference === 'number' ? `no ${noun} with the ID ${name}` : `no ${noun} “${name}”`;
			throw new PaperlessError('unresolved', `There is ${missing}`, {
				description: didYouMean(
					name,
					entities.map((entity) => entity.name),
				),
				...about,
			});
		}
		if (matches.length > 1) {
			throw new PaperlessError('unresolved', `${capitalize(noun)} “${name}” is ambiguous`, {
				description: `Several have this name or ID: ${matches.map((entity) => `“${entity.name}” (ID ${entity.id})`).join(', ')}. Use the ID as a number.`,
				...about,
			});
		}
		return match;
	}

	/** The id for an id or a name. Numbers pass unseen: the server refuses those it does not know. */
	async id(kind: Kind, reference: Reference, parameter?: string): Promise<number> {
		return typeof reference === 'number'
			? reference
			: (await this.find(kind, reference, parameter)).id;
	}

	async ids(kind: Kind, references: readonly Reference[], parameter?: string): Promise<number[]> {
		const found = await Promise.all(
			references.map(async (reference) => await this.id(kind, reference, parameter)),
		);
		return [...new Set(found)];
	}

	/** Like `id`, but a name that does not exist is created, once however many items ask for it. */
	async idOrCreate(kind: CreatableKind, reference: Reference, parameter?: string): Promise<number> {
		if (typeof reference === 'number') return reference;
		const name = reference.trim();
		const exists =
			/^\d+$/.test(name) || withName(await this.all(kind), name).length > 0 || name === '';
		if (exists) return await this.id(kind, reference, parameter);
		const parts = await this.pathTo(kind, name);
		return await this.created(kind, parts ?? [name], parameter);
	}

	/** The parts of a tag's path, on servers where tags stand below others. */
	private async pathTo(kind: Kind, name: string): Promise<string[] | undefined> {
		const parts = kind === 'tag' ? pathParts(name) : undefined;
		return parts && (await this.api.server()).has('nestedTags') ? parts : undefined;
	}

	/** The last of the parts; those of a path that are missing are created from the top down. */
	private async created(kind: CreatableKind, parts: string[], parameter?: string): Promise<number> {
		const key = JSON.stringify([kind, parts.map((part) => part.toLowerCase())]);
		const creation = this.creations.get(key) ?? this.create(kind, parts, parameter);
		this.creations.set(key, creation);
		return await creation;
	}

	private async create(kind: CreatableKind, parts: string[], parameter?: string): Promise<number> {
		const above = parts.slice(0, -1);
		const name = parts.at(-1) ?? '';
		const parent = above.length > 0 ? await this.created(kind, above, parameter) : null;
		const about = parameter === undefined ? {} : { parameter };
		const all: readonly Named[] = await this.all(kind);
		const known = kind === 'tag' && childNamed(all, parent, name, about);
		if (known) return known.id;
		if (parent !== null && all.some((one) => one.name === name)) throw standsElsewhere(name, about);
		const draft = { name, matching_algorithm: noMatching, ...(parent !== null && { parent }) };
		const created = await creatable[kind](this.api).create(draft);
		await this.add(kind, created);
		return created.id;
	}

	/** The object with this very name, if there is one; names are texts here, whatever they look like. */
	async existing<K extends Kind>(kind: K, name: string): Promise<Entity<K> | undefined> {
		const [found] = withName(await this.all(kind), name);
		return found;
	}

	/** What is known of a kind without asking: all of it, or nothing where no name of it was met. */
	async known<K extends Kind>(kind: K): Promise<Array<Entity<K>>> {
		return this.lists.has(kind) ? await this.all(kind) : [];
	}

	/** Makes an object known that was created in the meantime. */
	async add(kind: Kind, created: Named): Promise<void> {
		((await this.all(kind)) as Named[]).push(created);
	}

	/** Names for the ids that occur, with one request a kind; ids that stay hidden are left out. */
	async namesOf(kind: Kind, ids: Iterable<number>): Promise<Map<number, string>> {
		const wanted = [...new Set(ids)];
		if (wanted.length === 0) return new Map();
		const entities =
			this.lists.has(kind) || wanted.length > fewIds || kind === 'savedView'
				? await this.all(kind)
				: await kinds[kind].of(this.api).list({ id__in: wanted.join(',') }, wholeList);
		return new Map(entities.map(({ id, name }) => [id, name]));
	}
}
