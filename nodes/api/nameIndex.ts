import { grouped } from './grouped';
import { readName } from './readName';
import type { Named } from './schemas/named';
import { TextIndex } from './textIndex';

/** Finds the objects of a list by name, by id, and by their place in the tree. */
export class NameIndex<T extends Named> {
	readonly objects: readonly T[];
	private readonly names: TextIndex<T>;
	private readonly ids: ReadonlyMap<number, T>;
	private children: ReadonlyMap<number | null, NameIndex<T>> | undefined;

	constructor(objects: readonly T[]) {
		this.objects = [...objects];
		this.names = new TextIndex(objects, ({ name }) => name);
		this.ids = new Map(objects.map((object) => [object.id, object]));
	}

	withId(id: number): T | undefined {
		return this.ids.get(id);
	}

	/**
	 * The objects with this name or, where there are none, those whose name differs by case. A name
	 * that is written exactly like this wins over one that only reads alike.
	 */
	withName(name: string): readonly T[] {
		const found = this.names.find(name);
		const written = found.filter((object) => object.name === readName(name));
		return written.length > 0 ? written : found;
	}

	/** The tags below a parent; the parent `null` is the top of the tree. */
	below(parent: number | null): NameIndex<T> {
		this.children ??= this.byParent();
		return this.children.get(parent) ?? new NameIndex<T>([]);
	}

	private byParent(): Map<number | null, NameIndex<T>> {
		const groups = grouped(this.objects, ({ parent }) =>
			typeof parent === 'number' ? parent : null,
		);
		return new Map([...groups].map(([parent, tags]) => [parent, new NameIndex(tags)]));
	}
}
