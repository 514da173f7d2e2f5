import type { PaperlessError } from './errors';
import { asError, isPaperlessError, mayBeTaken, orUnseen } from './errors';
import { grantsAfter, grantsOf, noGrants } from './grants';
import type { CreatableKind } from './kinds';
import { kinds } from './kinds';
import type { PaperlessClient } from './paperlessClient';
import { requireAsAsked } from './requireAsAsked';
import { NameIndex } from './nameIndex';
import { quotedName } from './quotedName';
import type { Permissions } from './schemas/document';
import type { Named } from './schemas/named';
import { existsElsewhere, tagsAlong } from './tagPaths';

type Lists = {
	all: (kind: CreatableKind) => Promise<readonly Named[]>;
	/** At least the objects with this name. */
	named: (kind: CreatableKind, name: string) => Promise<readonly Named[]>;
	/** Reads the list again. */
	reread: (kind: CreatableKind) => Promise<readonly Named[]>;
	/** Adds an object that was created after the list was read. */
	add: (kind: CreatableKind, created: Named) => Promise<void>;
};

/** What a new object has besides its name. By default the token’s user owns it. */
export type NewObject = { owner?: number | null; set_permissions?: Permissions };

/** Without a matching algorithm the server assigns the new object to no other document. */
const noMatching = 0;

/** The tag at a path from the top of the tree, or the object of any place with this name. */
function existing(
	all: readonly Named[],
	path: readonly string[],
	isPath: boolean,
	parameter?: string,
): Named | undefined {
	const index = new NameIndex(all);
	if (isPath) return tagsAlong(index, path, parameter)[path.length - 1];
	const found = index.withName(path[0] ?? '');
	return found.length === 1 ? found[0] : undefined;
}

/** A part that is missing must not exist elsewhere: the server accepts a name only once per owner. */
export function requireFreeNames(
	all: readonly Named[],
	parts: readonly string[],
	parameter?: string,
): void {
	if (parts.length === 1) return;
	const known = tagsAlong(new NameIndex(all), parts, parameter).length;
	const names = new Set([...all.map(({ name }) => name), ...parts.slice(0, known)]);
	const taken = parts.slice(known).find((part) => {
		const isTaken = names.has(part);
		names.add(part);
		return isTaken;
	});
	if (taken !== undefined) throw existsElsewhere(taken, parameter);
}

/** A refusal names what was created on the way. */
export const sayingCreated = (error: Error, created: readonly string[]): Error =>
	isPaperlessError(error) && created.length > 0
		? error.adding(`Created before: ${created.map(quotedName).join(', ')}.`)
		: error;

/** Creates objects by their name alone, one after the other and each name once per execution. */
export class NameCreator {
	private readonly api: PaperlessClient;
	private readonly lists: Lists;
	private readonly creations = new Map<string, Promise<number>>();
	private last: Promise<unknown> = Promise.resolve();

	constructor(api: PaperlessClient, lists: Lists) {
		this.api = api;
		this.lists = lists;
	}

	/**
	 * Returns the id of the last part. Missing parts of a path are created from the top down, but
	 * only when none of them exists elsewhere in the tree.
	 */
	async idOf(
		kind: CreatableKind,
		parts: readonly string[],
		object: NewObject = {},
		parameter?: string,
	): Promise<number> {
		const key = JSON.stringify([kind, parts.map((part) => part.toLowerCase()), object]);
		const creation = this.creations.get(key) ?? this.inTurn(kind, parts, object, parameter);
		this.creations.set(key, creation);
		return await creation;
	}

	/** Two paths may share parts, so the second waits until the first exists. */
	private async inTurn(
		kind: CreatableKind,
		parts: readonly string[],
		object: NewObject,
		parameter?: string,
	): Promise<number> {
		const before = this.last;
		const creation = before.then(() => this.createMissing(kind, parts, object, parameter));
		this.last = creation.then(() => undefined, asError);
		return await creation;
	}

	private async createMissing(
		kind: CreatableKind,
		parts: readonly string[],
		object: NewObject,
		parameter?: string,
	): Promise<number> {
		const created: string[] = [];
		const isPath = parts.length > 1;
		const candidates = async () =>
			isPath ? await this.lists.all(kind) : await this.lists.named(kind, parts[0] ?? '');
		requireFreeNames(await candidates(), parts, parameter);
		let parent: number | null = null;
		for (const at of parts.keys()) {
			const path = parts.slice(0, at + 1);
			const known = existing(await candidates(), path, isPath, parameter);
			const draft: NewObject & { parent?: number | null } = {
				...object,
				...(at > 0 && { parent }),
			};
			parent =
				known?.id ??
				(await this.create(kind, path, draft, parameter).then(
					(id) => id,
					(thrown: unknown) => {
						throw sayingCreated(asError(thrown), created);
					},
				));
			if (known === undefined) created.push(path.at(-1) ?? '');
		}
		return parent ?? 0;
	}

	private async create(
		kind: CreatableKind,
		path: readonly string[],
		object: NewObject & { parent?: number | null },
		parameter?: string,
	): Promise<number> {
		const draft = { name: path.at(-1) ?? '', matching_algorithm: noMatching, ...object };
		const created = await kinds[kind]
			.of(this.api)
			.create(draft)
			.then((row) => row, asError);
		if (mayBeTaken(created)) return await this.sameName(kind, path, created, parameter);
		if (created instanceof Error) throw created;
		requireAsAsked(draft, created);
		await this.lists.add(kind, created);
		if (object.set_permissions) await this.requireGrants(kind, created.id, object.set_permissions);
		return created.id;
	}

	/** An object that was created for another user may be hidden from the user of the token. */
	private async requireGrants(kind: CreatableKind, id: number, asked: Permissions): Promise<void> {
		const row = await kinds[kind]
			.of(this.api)
			.get(id, { full_perms: 'true' })
			.then((found) => found, orUnseen);
		if (row === undefined) return;
		const permissions = grantsAfter(noGrants, asked, false);
		requireAsAsked({ permissions }, { permissions: grantsOf(row) });
	}

	/**
	 * Another execution may have created the name meanwhile; then its object is the right one
	 * (docs/paperless-api.md#names-and-owners).
	 */
	private async sameName(
		kind: CreatableKind,
		path: readonly string[],
		refusal: PaperlessError,
		parameter?: string,
	): Promise<number> {
		const all = await this.lists.reread(kind);
		const found = existing(all, path, path.length > 1, parameter);
		if (found) return found.id;
		throw refusal.about(parameter);
	}
}
