import type { Reference } from '../api/reference';
import type {
	DocumentDiff,
	Fact,
	ListDiff,
	ListField,
	ValueDiff,
	ValueField,
} from './documentDiff';
import { hasChanged, isUnchanged } from './documentDiff';
import type { Entry } from './entrySchema';
import { customFieldChange, facts, isValueField, listChange, valuePair } from './entrySchema';
import type { Picture } from './picture';

/** Resolves the names in a history to ids; a name that no longer exists stays a name. */
export type IdLookup = {
	tag: (name: string) => Reference;
	customField: (name: string) => Reference;
};

/** The entry that creates the document lists all of its fields. */
const isCreation = ({ changes }: Entry): boolean => 'id' in changes;

/** The history writes values as Python does. */
function valueFrom(field: ValueField, written: unknown): unknown {
	if (written === null || written === 'None') return null;
	if (field === 'title') return written;
	return field === 'created' ? String(written).slice(0, 10) : Number(written);
}

type Move = 'added' | 'removed';

/** The moves of the members of a list; a member that was added and removed again has not changed. */
class ListHistory {
	private readonly first = new Map<Reference, Move>();
	private readonly last = new Map<Reference, Move>();

	note(move: Move, member: Reference): void {
		if (!this.first.has(member)) this.first.set(member, move);
		this.last.set(member, move);
	}

	get diff(): ListDiff {
		const lasting = (move: Move) =>
			[...this.last]
				.filter(([member, last]) => last === move && this.first.get(member) === move)
				.map(([member]) => member);
		return { added: lasting('added'), removed: lasting('removed') };
	}
}

/** Gathers the entries of one document, the oldest first. */
class HistoryDiff {
	private readonly lookup: IdLookup;
	private readonly firstValues = new Map<ValueField, unknown>();
	private readonly customFields = new Map<Reference, { from?: unknown }>();
	private readonly lists: Record<ListField, ListHistory> = {
		notes: new ListHistory(),
		tags: new ListHistory(),
	};
	private readonly facts = new Set<Fact>();
	private readonly uncertain = new Set<'tags' | 'custom_fields'>();

	constructor(lookup: IdLookup) {
		this.lookup = lookup;
	}

	add({ changes, action }: Entry): void {
		for (const [name, change] of Object.entries(changes)) {
			const fact = facts.get(name);
			const [from, to] = valuePair.safeParse(change).data ?? [];
			if (fact !== undefined) this.facts.add(fact);
			else if (isValueField(name)) this.addValue(name, from);
			else if (name === 'tags') this.addTags(change);
			else if (name === 'custom_fields') this.addCustomField(change, action);
			else if (name === 'Note Added') this.lists.notes.note('added', Number(to));
			else if (name === 'Note Deleted') this.lists.notes.note('removed', Number(from));
		}
	}

	/** The difference between the first entry and the document as it is now. */
	upTo(now: Picture): DocumentDiff {
		const fields = [...this.firstValues]
			.map(([name, from]): [ValueField, ValueDiff] => [
				name,
				{ from, to: now.fields[name] ?? null },
			])
			.filter(([, diff]) => hasChanged(diff));
		const lists = Object.entries(this.lists)
			.map(([name, { diff }]) => [name, diff] as const)
			.filter(([, diff]) => !isUnchanged(diff));
		// A field that is known by its name alone may be called “constructor”.
		const values = new Map(Object.entries(now.values));
		const customFields = [...this.customFields].map(([field, from]): [Reference, ValueDiff] => [
			field,
			{ ...from, to: values.get(String(field)) ?? null },
		]);
		return {
			fields: Object.fromEntries(fields),
			lists: Object.fromEntries(lists),
			customFields: new Map(customFields),
			facts: [...this.facts].sort(),
			uncertain: [...this.uncertain].sort(),
		};
	}

	private addValue(name: ValueField, from: unknown): void {
		if (!this.firstValues.has(name)) this.firstValues.set(name, valueFrom(name, from));
	}

	private addTags(change: unknown): void {
		const { data } = listChange.safeParse(change);
		if (data === undefined) this.uncertain.add('tags');
		for (const name of data?.objects ?? []) {
			const move = data?.operation === 'add' ? 'added' : 'removed';
			this.lists.tags.note(move, this.lookup.tag(name));
		}
	}

	private addCustomField(change: unknown, action: string): void {
		const { data } = customFieldChange.safeParse(change);
		if (data === undefined) {
			this.uncertain.add('custom_fields');
			return;
		}
		const field = this.lookup.customField(data.field);
		const known = this.customFields.get(field);
		this.customFields.set(field, known ?? (action === 'create' ? { from: null } : {}));
	}
}

/** The changes that the entries of a document record, oldest entry first, up to what it is now. */
export function diffFromHistory(
	entries: readonly Entry[],
	now: Picture,
	lookup: IdLookup,
): DocumentDiff {
	const history = new HistoryDiff(lookup);
	for (const entry of entries) if (!isCreation(entry)) history.add(entry);
	return history.upTo(now);
}
