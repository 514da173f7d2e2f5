/** An id, or a name where the server tells only that. */
export type Reference = number | string;

/** `from` is left out where nobody knows it any more. */
export type Step = { from?: unknown; to: unknown };

export type Difference = { added: Reference[]; removed: Reference[] };

export const steppedFields = [
	'archive_serial_number',
	'correspondent',
	'created',
	'document_type',
	'owner',
	'storage_path',
	'title',
] as const;

export type SteppedField = (typeof steppedFields)[number];
export type SetField = 'notes' | 'tags';

/** What is told to have happened without saying from what to what. */
export type BareFact = 'content' | 'restored' | 'versions';

/** All that a change can be about, as the output names it. */
export type Subject = SteppedField | SetField | BareFact | 'custom_fields';

/** What changed in a document between two looks at it, in the server's ids and values. */
export type Changes = {
	steps: Partial<Record<SteppedField, Step>>;
	sets: Partial<Record<SetField, Difference>>;
	/** By field, its id or its name. */
	customFields: ReadonlyMap<Reference, Step>;
	facts: readonly BareFact[];
	/** These may have changed in a way that nobody tells; “all” where nothing is known. */
	uncertain: ReadonlyArray<Subject | 'all'>;
};

export const noChanges: Changes = {
	steps: {},
	sets: {},
	customFields: new Map(),
	facts: [],
	uncertain: [],
};

export function difference(before: readonly Reference[], after: readonly Reference[]): Difference {
	return {
		added: after.filter((one) => !before.includes(one)),
		removed: before.filter((one) => !after.includes(one)),
	};
}

export const isNothing = ({ added, removed }: Difference): boolean =>
	added.length === 0 && removed.length === 0;

export const isStep = ({ from = null, to }: Step): boolean =>
	JSON.stringify(from) !== JSON.stringify(to ?? null);

/** What a change is certainly about. */
export const subjectsOf = ({ steps, sets: differences, customFields, facts }: Changes): Subject[] =>
	[
		...(Object.keys(steps) as SteppedField[]),
		...(Object.keys(differences) as SetField[]),
		...(customFields.size > 0 ? (['custom_fields'] as const) : []),
		...facts,
	].sort();

/** What must be among the changes; one of all these is enough, and none means anything. */
export type Wanted = {
	subjects: readonly Subject[];
	tagsAdded: readonly number[];
	tagsRemoved: readonly number[];
	customFields: readonly number[];
};

/** What cannot be told lets a document pass if what it is now does not speak against it. */
export function isWanted(changes: Changes, tagsNow: readonly number[], wanted: Wanted): boolean {
	const { subjects, tagsAdded, tagsRemoved, customFields } = wanted;
	const conditions = [subjects, tagsAdded, tagsRemoved, customFields];
	if (conditions.every(({ length }) => length === 0)) return true;
	const about = subjectsOf(changes);
	const isUncertain = (subject: Subject) =>
		changes.uncertain.some((one) => one === 'all' || one === subject);
	const { added = [], removed = [] } = changes.sets.tags ?? {};
	const tagsUncertain = isUncertain('tags');
	return (
		subjects.some((subject) => about.includes(subject) || isUncertain(subject)) ||
		tagsAdded.some((tag) => added.includes(tag) || (tagsUncertain && tagsNow.includes(tag))) ||
		tagsRemoved.some((tag) => removed.includes(tag) || (tagsUncertain && !tagsNow.includes(tag))) ||
		customFields.some((field) => changes.customFields.has(field)) ||
		(customFields.length > 0 && isUncertain('custom_fields'))
	);
}
