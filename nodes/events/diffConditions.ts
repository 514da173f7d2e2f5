import type { DocumentDiff, Subject } from './documentDiff';
import { subjectsOf } from './documentDiff';

/** An update is reported when at least one of these is among its changes; without any, always. */
export type DiffConditions = {
	subjects: readonly Subject[];
	addedTags: readonly number[];
	removedTags: readonly number[];
	customFields: readonly number[];
};

/** An uncertain change counts as met, unless the tags that the document has now contradict it. */
export function meetsConditions(
	diff: DocumentDiff,
	currentTags: readonly number[],
	{ subjects, addedTags, removedTags, customFields }: DiffConditions,
): boolean {
	const conditions = [subjects, addedTags, removedTags, customFields];
	if (conditions.every(({ length }) => length === 0)) return true;
	const changed = subjectsOf(diff);
	const isUncertain = (subject: Subject) =>
		diff.uncertain.some((uncertain) => uncertain === 'all' || uncertain === subject);
	const { added = [], removed = [] } = diff.lists.tags ?? {};
	const mayHaveChangedTags = isUncertain('tags');
	return (
		subjects.some((subject) => changed.includes(subject) || isUncertain(subject)) ||
		addedTags.some(
			(tag) => added.includes(tag) || (mayHaveChangedTags && currentTags.includes(tag)),
		) ||
		removedTags.some(
			(tag) => removed.includes(tag) || (mayHaveChangedTags && !currentTags.includes(tag)),
		) ||
		customFields.some((field) => diff.customFields.has(field)) ||
		(customFields.length > 0 && isUncertain('custom_fields'))
	);
}
