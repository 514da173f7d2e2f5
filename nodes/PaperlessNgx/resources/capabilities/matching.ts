import type { ObjectDraft, ObjectType } from '../../../api/bulkEditObjects';
import type { Editable } from './editable';
import { idFilter, nameFilters } from './listFilters';
import { matchingFields } from './matchingFields';

export type MatchingKind = 'correspondent' | 'documentType' | 'storagePath' | 'tag';

/** Objects that Paperless-ngx assigns to new documents by a rule. One request can edit many of them. */
export interface Matching<K extends MatchingKind> extends Editable<K, ObjectDraft> {
	/** What such a request calls this list. */
	type: ObjectType;
}

const algorithms = { none: 0, anyWord: 1 } as const;

/** The server’s default matches any word of an empty text, which never occurs; “none” says so. */
const newDraft = (draft: ObjectDraft): ObjectDraft => ({
	matching_algorithm: draft.match ? algorithms.anyWord : algorithms.none,
	...draft,
});

type Common = 'newDraft' | 'sortings';

/** Completes a definition by the filters, orders and fields that these lists have in common. */
export const matching = <K extends MatchingKind>({
	filters = [],
	...definition
}: Omit<Matching<K>, Common>): Matching<K> => ({
	additionalFields: matchingFields,
	hasPermissions: true,
	...definition,
	newDraft,
	filters: [idFilter, ...nameFilters(definition.example), ...filters],
	sortings: [
		{ name: 'Name', value: 'name' },
		{ name: 'Number of Documents', value: 'document_count' },
		{ name: 'Number of Documents (Descending)', value: '-document_count' },
	],
});
