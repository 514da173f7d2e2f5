import { z } from 'zod';
import type { Fact, Subject, ValueField } from './documentDiff';
import { valueFields } from './documentDiff';

/**
 * An entry of a document's history. The meaning of a value depends on what wrote the entry
 * (verified on 2.15, 2.20 and 3.0). A change of one document writes old and new texts, tags by
 * name, and one entry per custom field. A bulk edit writes ids, and for tags and custom fields only
 * the new ones. Three changes leave no entry: removing a custom field, setting permissions, and
 * changing the text of a document with versions.
 */
export const entrySchema = z.object({
	id: z.number(),
	timestamp: z.string(),
	action: z.string(),
	changes: z.record(z.unknown()),
	actor: z.object({ id: z.number(), username: z.string() }).nullable().catch(null),
});

export const entriesSchema = z.array(entrySchema);

export type Entry = z.infer<typeof entrySchema>;

/** The old and the new value. */
export const valuePair = z.tuple([z.unknown(), z.unknown()]);

/** Objects that a list gained or lost, by name. */
export const listChange = z.object({
	operation: z.enum(['add', 'delete']),
	objects: z.array(z.string()),
});

/** A custom field by name, with its new value. */
export const customFieldChange = z.object({ field: z.string(), value: z.unknown() });

/** Kinds of changes without values, by the keys that the server writes. */
export const facts: ReadonlyMap<string, Fact> = new Map([
	['content', 'content'],
	['restored_at', 'restored'],
	['Version Added', 'versions'],
	['Version Deleted', 'versions'],
]);

export const isValueField = (name: string): name is ValueField =>
	(valueFields as readonly string[]).includes(name);

/** Keys such as file names and checksums are not changes that people make. */
function subjectOf(name: string): Subject | undefined {
	if (isValueField(name) || name === 'tags' || name === 'custom_fields') return name;
	return name === 'Note Added' || name === 'Note Deleted' ? 'notes' : facts.get(name);
}

const subjectsIn = ({ changes }: Entry): Subject[] =>
	Object.keys(changes).flatMap((name) => subjectOf(name) ?? []);

/** The user names in these entries, in the order of their first change. */
export const actorsOf = (entries: readonly Entry[]): string[] => [
	...new Set(entries.flatMap(({ actor }) => (actor === null ? [] : [actor.username]))),
];

/**
 * Whether the history proves that one user made all changes: it names this user and nobody else,
 * and it has an entry about every subject that changed. Entries about notes have no actor; the
 * author of the note counts instead.
 */
export function isAllByUser(
	user: number,
	entries: readonly Entry[],
	changed: readonly Subject[],
	authorOf: (note: number) => number | undefined,
): boolean {
	const recorded = new Set(entries.flatMap(subjectsIn));
	const actors = entries.flatMap(({ actor }) => (actor === null ? [] : [actor.id]));
	const authors = entries.flatMap(({ changes }) =>
		Object.keys(changes)
			.filter((name) => subjectOf(name) === 'notes')
			.map((name) => authorOf(Number(valuePair.safeParse(changes[name]).data?.[1]))),
	);
	const users = [...actors, ...authors];
	return (
		users.length > 0 &&
		users.every((id) => id === user) &&
		changed.every((subject) => recorded.has(subject))
	);
}

/** The names of tags and custom fields in these entries. */
export function namesIn(entries: readonly Entry[]): { tags: string[]; customFields: string[] } {
	const changesOf = (name: string) => entries.map(({ changes }) => changes[name]);
	return {
		tags: changesOf('tags').flatMap((change) => listChange.safeParse(change).data?.objects ?? []),
		customFields: changesOf('custom_fields').flatMap(
			(change) => customFieldChange.safeParse(change).data?.field ?? [],
		),
	};
}
