import type { CreatableKind, Kind } from '../../api/kinds';
import { kinds } from '../../api/kinds';
import type { NewObject } from '../../api/nameCreator';
import type { NameDirectory } from '../../api/nameDirectory';
import type { Reference } from '../../api/reference';
import { textOf } from '../../api/reference';
import { asError, isPaperlessError } from '../../api/errors';
import type { Creation, NewObjectChoice } from '../ownerOfCreated';
import { requireFewCreations } from '../requireFewCreations';

type PlannedName = {
	kind: CreatableKind;
	reference: Reference;
	object: NewObjectChoice;
	parameter: string | undefined;
	/** The place of its item among all. */
	order: number;
};

/** Resolves the references of a field to ids; what a name may mean depends on who made it. */
export type IdResolver = (
	kind: CreatableKind,
	references: readonly Reference[],
	parameter?: string,
) => Promise<number[]>;

/**
 * Names that have to be created. They get a negative id at first, and they are created once
 * everything else is known to be right: a change that is refused leaves nothing behind.
 */
export class PlannedNames {
	private readonly names: NameDirectory;
	private readonly planned = new Map<string, number>();
	private readonly byId = new Map<number, PlannedName>();
	private readonly created = new Map<number, Promise<number | Error>>();
	private resolvers = 0;

	constructor(names: NameDirectory) {
		this.names = names;
	}

	/**
	 * Resolves to the ids of objects, or to negative ids for names that will be created. Each item
	 * takes a resolver in its turn, although their look-ups end in any order.
	 */
	resolver(creation: Creation): IdResolver {
		const order = this.resolvers;
		this.resolvers += 1;
		return async (kind, references, parameter) => {
			if (!creation) return await this.names.ids(kind, references, parameter);
			await requireFewCreations(this.names, kind, references, parameter);
			const ids = new Set<number>();
			for (const reference of references) {
				ids.add(await this.plan({ kind, reference, object: creation, parameter, order }));
			}
			return [...ids];
		};
	}

	private async plan(name: PlannedName): Promise<number> {
		const { kind, reference, object, parameter, order } = name;
		const known = await this.names.knownId(kind, reference, parameter);
		if (known !== undefined) return known;
		const key = JSON.stringify([kind, textOf(reference).toLowerCase(), object]);
		const id = this.planned.get(key) ?? -(this.planned.size + 1);
		this.planned.set(key, id);
		// Names that differ by case are one name, and the first writing counts.
		if (order < (this.byId.get(id)?.order ?? Number.POSITIVE_INFINITY)) this.byId.set(id, name);
		return id;
	}

	/** The name behind a negative id. */
	nameOf(id: unknown): string | undefined {
		const planned = typeof id === 'number' ? this.byId.get(id) : undefined;
		return planned && textOf(planned.reference);
	}

	/** Whether one of these names gets the owner and the permissions of the document. */
	needsDocument(ids: readonly number[]): boolean {
		return ids.some((id) => this.byId.get(id)?.object === 'asDocument');
	}

	/** Creates a name, once, for a document with this owner. Returns its id; other ids stay as they are. */
	async create(id: number, ownership: NewObject): Promise<number> {
		const planned = this.byId.get(id);
		if (planned === undefined) return id;
		const { kind, reference, object, parameter } = planned;
		const creation =
			this.created.get(id) ??
			this.names
				.idOrCreate(kind, reference, parameter, object === 'asDocument' ? ownership : object)
				.catch(asError);
		this.created.set(id, creation);
		const created = await creation;
		if (created instanceof Error) throw created;
		return created;
	}

	/** The objects behind negative ids that exist by now, as messages name them. */
	async describe(ids: readonly number[]): Promise<string[]> {
		const creations = await Promise.all(ids.map(async (id) => await this.created.get(id)));
		return ids.flatMap((id, at) => {
			const creation = creations[at];
			// The server has stored something where it did not store what it was asked to.
			const isThere = typeof creation === 'number' || isPaperlessError(creation, 'unexpectedReply');
			const planned = isThere ? this.byId.get(id) : undefined;
			const noun = planned && kinds[planned.kind satisfies Kind].noun;
			return planned ? [`${noun} “${textOf(planned.reference)}”`] : [];
		});
	}
}
