import { grouped } from './grouped';
import { foldedName, readName } from './readName';

/**
 * Finds objects by a text, as people read it. A list is walked once, and not for each of the many
 * texts that one field may contain.
 */
export class TextIndex<T> {
	private readonly exact: ReadonlyMap<string, readonly T[]>;
	private readonly folded: ReadonlyMap<string, readonly T[]>;

	constructor(objects: readonly T[], textOf: (object: T) => string) {
		this.exact = grouped(objects, (object) => readName(textOf(object)));
		this.folded = grouped(objects, (object) => foldedName(textOf(object)));
	}

	/** The objects with exactly this text. */
	exactly(text: string): readonly T[] {
		return this.exact.get(readName(text)) ?? [];
	}

	/** The objects with this text or, where there are none, those whose text differs by case. */
	find(text: string): readonly T[] {
		return this.exact.get(readName(text)) ?? this.folded.get(foldedName(text)) ?? [];
	}
}
