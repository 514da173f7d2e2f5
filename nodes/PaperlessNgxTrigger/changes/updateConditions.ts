import type { DiffConditions } from '../../events/diffConditions';
import type { Context } from '../../toolkit/operation';
import { requiredReferences } from '../../toolkit/references';
import type { TriggerValues } from '../triggerParameters';

/** The conditions under “Changes”, with names resolved to ids. Rejects names that do not exist. */
export async function updateConditions(
	{ names }: Context,
	{ changes }: TriggerValues,
): Promise<DiffConditions> {
	const ids = async (kind: 'customField' | 'tag', name: keyof typeof changes, label: string) =>
		changes[name] === undefined
			? []
			: await names.ids(kind, requiredReferences(changes[name], label), name);
	return {
		subjects: changes.changed ?? [],
		addedTags: await ids('tag', 'addedTags', 'Added Tags'),
		removedTags: await ids('tag', 'removedTags', 'Removed Tags'),
		customFields: await ids('customField', 'changedCustomFields', 'Changed Custom Fields'),
	};
}
