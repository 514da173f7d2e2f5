import type { Kind } from '../../api/kinds';
import type { Reference } from '../../api/reference';
import type { Context } from '../../toolkit/operation';
import { rowsOf } from '../../toolkit/optionsOf';
import { namesOrIds } from '../../toolkit/parameterBuilders';
import type { ValuesOf } from '../../toolkit/parameter';
import { requiredReferences } from '../../toolkit/references';
import type { FilterEntry } from './filterEntry';

const pickers = {
	correspondent: 'getCorrespondents',
	customField: 'getCustomFields',
	documentType: 'getDocumentTypes',
	storagePath: 'getStoragePaths',
	tag: 'getTags',
	user: 'getUsers',
} as const satisfies Partial<Record<Kind, string>>;

const isId = (reference: Reference) => typeof reference === 'number';

type Relation = {
	label: `${string} Names or IDs`;
	kind: keyof typeof pickers;
	/** The server's filter, which takes ids separated by commas */
	filter: string;
};

const relations = {
	allCustomFields: {
		label: 'All Custom Field Names or IDs',
		kind: 'customField',
		filter: 'custom_fields__id__all',
	},
	allTags: { label: 'All Tag Names or IDs', kind: 'tag', filter: 'tags__id__all' },
	anyCustomFields: {
		label: 'Any Custom Field Names or IDs',
		kind: 'customField',
		filter: 'custom_fields__id__in',
	},
	anyTags: { label: 'Any Tag Names or IDs', kind: 'tag', filter: 'tags__id__in' },
	correspondents: {
		label: 'Correspondent Names or IDs',
		kind: 'correspondent',
		filter: 'correspondent__id__in',
	},
	documentTypes: {
		label: 'Document Type Names or IDs',
		kind: 'documentType',
		filter: 'document_type__id__in',
	},
	excludeCorrespondents: {
		label: 'Exclude Correspondent Names or IDs',
		kind: 'correspondent',
		filter: 'correspondent__id__none',
	},
	excludeCustomFields: {
		label: 'Exclude Custom Field Names or IDs',
		kind: 'customField',
		filter: 'custom_fields__id__none',
	},
	excludeDocumentTypes: {
		label: 'Exclude Document Type Names or IDs',
		kind: 'documentType',
		filter: 'document_type__id__none',
	},
	excludeOwners: { label: 'Exclude Owner Names or IDs', kind: 'user', filter: 'owner__id__none' },
	excludeStoragePaths: {
		label: 'Exclude Storage Path Names or IDs',
		kind: 'storagePath',
		filter: 'storage_path__id__none',
	},
	excludeTags: { label: 'Exclude Tag Names or IDs', kind: 'tag', filter: 'tags__id__none' },
	owners: { label: 'Owner Names or IDs', kind: 'user', filter: 'owner__id__in' },
	storagePaths: {
		label: 'Storage Path Names or IDs',
		kind: 'storagePath',
		filter: 'storage_path__id__in',
	},
} as const satisfies Record<string, Relation>;

/** Filters by objects that documents refer to, each given by names or ids. */
export const relationFilters = rowsOf(relations).map(([name, { label, kind }]) =>
	namesOrIds(label, name, pickers[kind]),
);

/**
 * The filters that are set, with names resolved to ids. An unknown id is rejected by `check`, which asks
 * for nothing that is known by then.
 */
export async function relationEntries(
	{ names }: Context,
	filters: Partial<ValuesOf<typeof relationFilters>>,
): Promise<{ entries: FilterEntry[]; check: () => Promise<void> }> {
	const set = rowsOf(relations)
		.filter(([name]) => filters[name] !== undefined)
		.map(([name, { label, ...relation }]) => {
			const references = requiredReferences(filters[name], label);
			return { name, ...relation, references, ids: references.filter(isId) };
		});
	for (const { kind, ids } of set) names.expect(kind, ids);
	return {
		entries: await Promise.all(
			set.map(
				async ({ name, kind, filter, references }): Promise<FilterEntry> => [
					filter,
					(await names.idsToFilter(kind, references, name)).join(','),
				],
			),
		),
		check: async () => {
			for (const { name, kind, ids } of set) await names.findAll(kind, ids, name);
		},
	};
}
