import type { CreatableKind } from './kinds';
import { kinds } from './kinds';
import type { PaperlessClient } from './paperlessClient';
import type { Named } from './schemas/named';
import { childNamed, existsElsewhere } from './tagPaths';

type Lists = {
	all: (kind: CreatableKind) => Promise<readonly Named[]>;
	/** Adds an object that was created after the list was read. */
	add: (kind: CreatableKind, created: Named) => Promise<void>;
};

/** Without a matching algorithm the server assigns the new object to no other document. */
const noMatching = 0;

/** Creates objects by their name alone, each name once per execution. */
export class NameCreator {
	private readonly api: PaperlessClient;
	private readonly lists: Lists;
	private readonly creations = new Map<string, Promise<number>>();

	constructor(api: PaperlessClient, lists: Lists) {
		this.api = api;
		this.lists = lists;
	}

	/** Returns the id of the last part. Missing parts of a path are created from the top down. */
	async idOf(kind: CreatableKind, parts: readonly string[], parameter?: string): Promise<number> {
		const key = JSON.stringify([kind, parts.map((part) => part.toLowerCase())]);
		const creation = this.creations.get(key) ?? this.create(kind, parts, parameter);
		this.creations.set(key, creation);
		return await creation;
	}

	private async create(
		kind: CreatableKind,
		parts: readonly string[],
		parameter?: string,
	): Promise<number> {
		const above = parts.slice(0, -1);
		const name = parts.at(-1) ?? '';
		const parent = above.length > 0 ? await this.idOf(kind, above, parameter) : null;
		const all = await this.lists.all(kind);
		const known = kind === 'tag' ? childNamed(all, parent, name, parameter) : undefined;
		if (known) return known.id;
		const isTaken = parent !== null && all.some((object) => object.name === name);
		if (isTaken) throw existsElsewhere(name, parameter);
		const draft = { name, matching_algorithm: noMatching, ...(parent !== null && { parent }) };
		const created = await kinds[kind].of(this.api).create(draft);
		await this.lists.add(kind, created);
		return created.id;
	}
}
