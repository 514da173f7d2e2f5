import type { Grants } from '../../api/schemas/document';
import type { ValueField } from '../../events/documentDiff';
import type { SkippedValues } from '../encodeCustomFields';

/** Tags by id. `set` replaces all tags; the other lists change single tags and keep the rest. */
export type TagIntent = {
	set?: readonly number[];
	add?: readonly number[];
	remove?: readonly number[];
	/** Takes off the inbox tags that the document has, and no tags below them. */
	removeInbox?: boolean;
};

/**
 * Custom fields by id. `replace` removes all fields that are not named here, except for those whose
 * value was skipped.
 */
export type CustomFieldIntent = {
	set?: Readonly<Record<string, unknown>>;
	skipped?: SkippedValues;
	remove?: readonly number[];
	replace?: boolean;
	/** Whether a value is only set where the document has none. */
	keepExisting?: boolean;
	/** Fields that the document gets without a value, where it lacks them. */
	attach?: readonly number[];
	/** Fields that lose their value, where the document has them. */
	clear?: readonly number[];
	/** What is added to numbers and amounts, by field id. No value counts as 0. */
	increments?: Readonly<Record<string, number>>;
};

/** Whether what an intent writes depends on the values that a document has. */
export const dependsOnValues = ({
	keepExisting = false,
	attach = [],
	clear = [],
	increments = {},
}: CustomFieldIntent): boolean =>
	keepExisting || attach.length + clear.length + Object.keys(increments).length > 0;

/** Grants by id. A list that is left out stays as it is; `merge` adds to the lists that are given. */
export type PermissionIntent = { view?: Grants; change?: Grants; merge?: boolean };

/**
 * What an item wants of a document, in ids and in the values of the server. Everything that is left
 * out stays as it is, and `null` clears a value.
 */
export type DocumentIntent = {
	values?: Partial<Record<ValueField, number | string | null>>;
	content?: string;
	tags?: TagIntent;
	customFields?: CustomFieldIntent;
	permissions?: PermissionIntent;
};

const isFilled = (part: object): boolean =>
	Object.values(part).some((value) =>
		typeof value === 'object' && value !== null
			? Array.isArray(value)
				? value.length > 0
				: Object.keys(value).length > 0
			: value === true,
	);

/**
 * Whether an intent asks for nothing. An empty `set` of tags asks for no tags, and a value that was
 * skipped was asked for.
 */
export const isNothing = ({
	values = {},
	content,
	tags = {},
	customFields = {},
	permissions = {},
}: DocumentIntent): boolean =>
	Object.keys(values).length === 0 &&
	content === undefined &&
	tags.set === undefined &&
	!isFilled(tags) &&
	!isFilled(customFields) &&
	permissions.view === undefined &&
	permissions.change === undefined;
