import { filtersOfSavedView } from '../../../api/savedViewRules';
import type { SavedView, SavedViewDraft } from '../../../api/schemas/named';
import { namedColumns } from './columns';
import type { Editable } from '../capabilities/editable';

const asText = ({ rule_type, value }: SavedView['filter_rules'][number]) =>
	JSON.stringify([rule_type, value ?? null]);

/** The rules in an order that does not depend on the server. */
const rulesOf = (rules: unknown): string =>
	JSON.stringify(((rules ?? []) as SavedView['filter_rules']).map(asText).sort());

export const savedViews: Editable<'savedView', SavedViewDraft> = {
	kind: 'savedView',
	noun: 'saved view',
	plural: 'saved views',
	picker: 'searchSavedViews',
	example: 'Open invoices',
	collection: (api) => api.savedViews,
	hasPermissions: true,
	present: (view) => ({ ...view, filters: filtersOfSavedView(view) }),
	clarify: (views, context) => namedColumns(context, views),
	technical: [
		'display_fields',
		'display_mode',
		'page_size',
		'show_in_sidebar',
		'show_on_dashboard',
	],
	sameness: { filter_rules: (asked, stored) => rulesOf(asked) === rulesOf(stored) },
	newDraft: (draft) => ({
		// Servers before 3.0 require both flags; newer servers ignore them.
		show_in_sidebar: false,
		show_on_dashboard: false,
		sort_field: 'created',
		sort_reverse: true,
		...draft,
	}),
};
