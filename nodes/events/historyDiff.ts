import { z } from 'zod';
import type {
	BareFact,
	Changes,
	Reference,
	SetField,
	Step,
	SteppedField,
	Subject,
} from './documentDiff';
import { isNothing, isStep, steppedFields } from './documentDiff';
import type { Picture } from './picture';

/**
 * An entry of a document's history. What a value tells depends on who wrote it (executed on 2.15,
 * 2.20 and 3.0): a change of one document gives old and new texts, tags by name and each custom
 * field an entry of its own; a bulk edit gives ids, for tags and custom fields without what was
 * there before. Removing a custom field, setting permissions and changing the text of a document
 * with versions leave no entry.
 */
export const entrySchema = z.object({
	id: z.number(),
	timestamp: z.string(),
	action: z.string(),
	changes: z.record(z.unknown()),
	actor: z.object({ id: z.number(), username: z.string() }).nullable().catch(null),
});

export type Entry = z.infer<typeof entrySchema>;

/** Ids for the names that the history writes; a name that is gone stays one. */
export type Directory = {
	tag: (name: string) => Reference;
	customField: (name: string) => Reference;
};

const facts: Readonly<Record<string, BareFact>> = {
	content: 'content',
	restored_at: 'restored',
	'Version Added': 'versions',
	'Version Deleted': 'versions',
};

const pair = z.tuple([z.unknown(), z.unknown()]);
const members = z.object({ operation: z.enum(['add', 'delete']), objects: z.array(z.string()) });
const ofField = z.object({ field: z.string(), value: z.unknown() });

const isStepped = (name: string): name is SteppedField =>
	(steppedFields as readonly string[]).includes(name);

/** The history writes values as Python does. */
function valueFrom(field: SteppedField, written: unknown): unknown {
	if (written === null || written === 'None') return null;
	if (field === 'title') return written;
	return field === 'created' ? String(written).slice(0, 10) : Number(written);
}

/** What an entry is about; file names and checksums are nothing that people change. */
function subjectOf(name: string): Subject | undefined {
	if (isStepped(name) || name === 'tags' || name === 'custom_fields') return name;
	return name === 'Note Added' || name === 'Note Deleted' ? 'notes' : facts[name];
}

const subjectsIn = ({ changes }: Entry): Subject[] =>
	Object.keys(changes).flatMap((name) => subjectOf(name) ?? []);

/** Of the document itself; its custom fields are created later. */
const isCreation = ({ changes }: Entry): boolean => 'id' in changes;

/** Added and removed again is neither. */
class Gathered {
	private readonly last = new Map<Reference, 'added' | 'removed'>();
	private readonly first = new Map<Reference, 'added' | 'removed'>();

	note(kind: 'added' | 'removed', one: Reference): void {
		if (!this.first.has(one)) this.first.set(one, kind);
		this.last.set(one, kind);
	}

	get difference() {
		const lasting = (kind: 'added' | 'removed') =>
			[...this.last].filter(([one, last]) => last === kind && this.first.get(one) === kind);
		return {
			added: lasting('added').map(([one]) => one),
			removed: lasting('removed').map(([one]) => one),
		};
	}
}

class Reading {
	readonly origins = new Map<SteppedField, unknown>();
	readonly values = new Map<Reference, { from?: unknown }>();
	readonly gathered: Record<SetField, Gathered> = { notes: new Gathered(), tags: new Gathered() };
	readonly facts = new Set<BareFact>();
	readonly uncertain = new Set<'tags' | 'custom_fields'>();
	private readonly directory: Directory;

	constructor(directory: Directory) {
		this.directory = directory;
	}

	read({ changes, action }: Entry): void {
		for (const [name, change] of Object.entries(changes)) {
			const fact = facts[name];
			const [from, to] = pair.safeParse(change).data ?? [];
			if (fact !== undefined) this.facts.add(fact);
			else if (isStepped(name)) this.origin(name, from);
			else if (name === 'tags') this.tags(change);
			else if (name === 'custom_fields') this.customField(change, action);
			else if (name === 'Note Added') this.gathered.notes.note('added', Number(to));
			else if (name === 'Note Deleted') this.gathered.notes.note('removed', Number(from));
		}
	}

	private origin(name: SteppedField, from: unknown): void {
		if (!this.origins.has(name)) this.origins.set(name, valueFrom(name, from));
	}

	private tags(change: unknown): void {
		const { data } = members.safeParse(change);
		if (data === undefined) this.uncertain.add('tags');
		for (const name of data?.objects ?? []) {
			this.gathered.tags.note(
				data?.operation === 'add' ? 'added' : 'removed',
				this.directory.tag(name),
			);
		}
	}

	private customField(change: unknown, action: string): void {
		const { data } = ofField.safeParse(change);
		if (data === undefined) this.uncertain.add('custom_fields');
		else {
			const field = this.directory.customField(data.field);
			const known = this.values.get(field);
			this.values.set(field, known ?? (action === 'create' ? { from: null } : {}));
		}
	}
}

/** What the entries of a document tell, the oldest first, up to what it is now. */
export function changesIn(entries: readonly Entry[], now: Picture, directory: Directory): Changes {
	const reading = new Reading(directory);
	for (const entry of entries) if (!isCreation(entry)) reading.read(entry);
	const steps = [...reading.origins]
		.map(([name, from]): [SteppedField, Step] => [name, { from, to: now.fields[name] ?? null }])
		.filter(([, step]) => isStep(step));
	const differences = Object.entries(reading.gathered)
		.map(([name, gathered]) => [name, gathered.difference] as const)
		.filter(([, its]) => !isNothing(its));
	return {
		steps: Object.fromEntries(steps),
		sets: Object.fromEntries(differences),
		customFields: new Map(
			[...reading.values].map(([field, from]) => [
				field,
				{ ...from, to: now.values[String(field)] ?? null },
			]),
		),
		facts: [...reading.facts].sort(),
		uncertain: [...reading.uncertain].sort(),
	};
}

/** The names of those whom the history names, in the order of what they did. */
export const actorsOf = (entries: readonly Entry[]): string[] => [
	...new Set(entries.flatMap(({ actor }) => (actor === null ? [] : [actor.username]))),
];

/**
 * Whether the user did all of it, as far as the history tells: it names the user and nobody else,
 * and says something about everything that changed. Notes have no actor there, but an author.
 */
export function isAllBy(
	user: number,
	entries: readonly Entry[],
	changed: readonly Subject[],
	authorOf: (note: number) => number | undefined,
): boolean {
	const told = new Set(entries.flatMap(subjectsIn));
	const actors = entries.flatMap(({ actor }) => (actor === null ? [] : [actor.id]));
	const noted = entries.flatMap(({ changes }) =>
		Object.keys(changes)
			.filter((name) => subjectOf(name) === 'notes')
			.map((name) => authorOf(Number(pair.safeParse(changes[name]).data?.[1]))),
	);
	const doers = [...actors, ...noted];
	return (
		doers.length > 0 &&
		doers.every((doer) => doer === user) &&
		changed.every((subject) => told.has(subject))
	);
}

/** Names of tags and custom fields that the entries write. */
export function namesIn(entries: readonly Entry[]): { tags: string[]; customFields: string[] } {
	const of = (name: string) => entries.map(({ changes }) => changes[name]);
	return {
		tags: of('tags').flatMap((change) => members.safeParse(change).data?.objects ?? []),
		customFields: of('custom_fields').flatMap(
			(change) => ofField.safeParse(change).data?.field ?? [],
		),
	};
}
