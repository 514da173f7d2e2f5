import type { Reference } from '../api/reference';
import { membersBeside } from './membersBeside';

/** The value of a field before and after. `from` is absent where the earlier value is unknown. */
export type ValueDiff = { from?: unknown; to: unknown };

/** What a list gained and lost. */
export type ListDiff = { added: Reference[]; removed: Reference[] };

/** Fields that hold one value. */
export const valueFields = [
	'archive_serial_number',
	'correspondent',
	'created',
	'document_type',
	'owner',
	'storage_path',
	'title',
] as const;

export type ValueField = (typeof valueFields)[number];
export type ListField = 'notes' | 'tags';

/** Kinds of changes that the server reports without any values. */
export type Fact = 'content' | 'restored' | 'versions';

/** Everything that a change can be about, as the output names it. */
export type Subject = ValueField | ListField | Fact | 'custom_fields';

/** How a document differs from an earlier state, in the ids and values of the server. */
export type DocumentDiff = {
	fields: Partial<Record<ValueField, ValueDiff>>;
	lists: Partial<Record<ListField, ListDiff>>;
	/** By the id of the field, or by its name where the id is unknown. */
	customFields: ReadonlyMap<Reference, ValueDiff>;
	facts: readonly Fact[];
	/** Subjects that may have changed without a trace; “all” where nothing is known. */
	uncertain: ReadonlyArray<Subject | 'all'>;
};

export const emptyDiff: DocumentDiff = {
	fields: {},
	lists: {},
	customFields: new Map(),
	facts: [],
	uncertain: [],
};

export const listDiff = (before: readonly Reference[], after: readonly Reference[]): ListDiff => ({
	added: membersBeside(after, before),
	removed: membersBeside(before, after),
});

export const isUnchanged = ({ added, removed }: ListDiff): boolean =>
	added.length === 0 && removed.length === 0;

export const hasChanged = ({ from = null, to }: ValueDiff): boolean =>
	JSON.stringify(from) !== JSON.stringify(to ?? null);

/** What has certainly changed. */
export const subjectsOf = ({ fields, lists, customFields, facts }: DocumentDiff): Subject[] =>
	[
		...(Object.keys(fields) as ValueField[]),
		...(Object.keys(lists) as ListField[]),
		...(customFields.size > 0 ? (['custom_fields'] as const) : []),
		...facts,
	].sort();
