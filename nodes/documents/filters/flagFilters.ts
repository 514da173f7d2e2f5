import { rowsOf } from '../../toolkit/optionsOf';
import { whether } from '../../toolkit/parameterBuilders';
import type { ValuesOf } from '../../toolkit/parameter';
import type { FilterEntry } from './filterEntry';

type Flag = {
	label: string;
	/** What is true of the document when the box is ticked */
	statement: string;
	filter: string;
	/** `…__isnull` filters are true when the box is not ticked. */
	isNegated: boolean;
};

const flags = {
	hasArchiveSerialNumber: {
		label: 'Has Archive Serial Number',
		statement: 'the document has an archive serial number',
		filter: 'archive_serial_number__isnull',
		isNegated: true,
	},
	hasCorrespondent: {
		label: 'Has Correspondent',
		statement: 'the document has a correspondent',
		filter: 'correspondent__isnull',
		isNegated: true,
	},
	hasCustomFields: {
		label: 'Has Custom Fields',
		statement: 'the document has any custom field',
		filter: 'has_custom_fields',
		isNegated: false,
	},
	hasDocumentType: {
		label: 'Has Document Type',
		statement: 'the document has a document type',
		filter: 'document_type__isnull',
		isNegated: true,
	},
	hasOwner: {
		label: 'Has Owner',
		statement: 'the document belongs to a user',
		filter: 'owner__isnull',
		isNegated: true,
	},
	hasStoragePath: {
		label: 'Has Storage Path',
		statement: 'the document has a storage path',
		filter: 'storage_path__isnull',
		isNegated: true,
	},
	hasTags: {
		label: 'Has Tags',
		statement: 'the document has any tag',
		filter: 'is_tagged',
		isNegated: false,
	},
	inInbox: {
		label: 'In Inbox',
		statement: 'the document has an inbox tag',
		filter: 'is_in_inbox',
		isNegated: false,
	},
} as const satisfies Record<string, Flag>;

/** Filters with the answers yes and no. */
export const flagFilters = rowsOf(flags).map(([name, { label, statement }]) =>
	whether(label, name, statement),
);

export const flagEntries = (filters: Partial<ValuesOf<typeof flagFilters>>): FilterEntry[] =>
	rowsOf(flags).flatMap(([name, { filter, isNegated }]): FilterEntry[] => {
		const value = filters[name];
		return value === undefined ? [] : [[filter, String(value !== isNegated)]];
	});
