import { addTags, removeTags } from './classification.mts';
import { setValue } from './customFieldValues.mts';
import { mergeGrants } from './fields.mts';
import { noGrants } from './store.mts';
import type { Document, Store, WorkflowAction } from './store.mts';
import { linked } from './workflowLinks.mts';
import { render, textsOf, titleTexts } from './workflowText.mts';

const singles = [
	['correspondent', 'correspondents'],
	['document_type', 'document_types'],
	['storage_path', 'storage_paths'],
	['owner', 'owners'],
] as const;

const rights = (['view', 'change'] as const).flatMap((right) =>
	(['users', 'groups'] as const).map((who) => ({ right, who, name: `${right}_${who}` })),
);

/** Adds to the values of the document. Single values such as title and owner are replaced. */
export function assign(store: Store, document: Document, action: WorkflowAction): void {
	const ids = (name: string): number[] => linked(store, action, name);
	const texts = titleTexts(store, textsOf(store, document, false));
	const title = action.assign_title && render(store, action.assign_title, texts);
	if (typeof title === 'string') document.title = [...title].slice(0, 128).join('');
	addTags(store, document, ids('assign_tags'));
	for (const [name] of singles) document[name] = ids(`assign_${name}`)[0] ?? document[name];
	const given = { view: noGrants().view, change: noGrants().change };
	for (const { right, who, name } of rights) given[right][who] = ids(`assign_${name}`);
	document.grants = mergeGrants(document.grants, given, true);
	for (const id of ids('assign_custom_fields')) {
		const value = action.assign_custom_fields_values?.[id];
		const isThere = document.custom_fields.some(({ field }) => field === id);
		if (value !== undefined || !isThere) setValue(store, document, id, value ?? null);
	}
}

export function remove(store: Store, document: Document, action: WorkflowAction): void {
	const flags = action as unknown as Record<string, boolean>;
	/** Selects all objects of a kind, or only the named ones. */
	const goes = (name: string): ((id: number) => boolean) => {
		const ids = linked(store, action, `remove_${name}`);
		return (id) => flags[`remove_all_${name}`] === true || ids.includes(id);
	};
	removeTags(store, document, document.tags.filter(goes('tags')));
	for (const [name, plural] of singles) {
		const id = document[name];
		if (id !== null && goes(plural)(id)) document[name] = null;
	}
	const fields = document.custom_fields.map(({ field }) => field);
	for (const id of fields.filter(goes('custom_fields'))) setValue(store, document, id, undefined);
	for (const { right, who, name } of rights) {
		const stays = (id: number): boolean => !flags['remove_all_permissions'] && !goes(name)(id);
		document.grants[right][who] = document.grants[right][who].filter(stays);
	}
}
