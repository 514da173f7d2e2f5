import type { SavedViewDraft } from '../../../api/schemas/named';
import type { Editable } from '../capabilities/editable';

export const savedViews: Editable<'savedView', SavedViewDraft> = {
	kind: 'savedView',
	noun: 'saved view',
	plural: 'saved views',
	picker: 'searchSavedViews',
	example: 'Open invoices',
	collection: (api) => api.savedViews,
	newDraft: (draft) => ({
		// Servers before 3.0 require both flags; newer servers ignore them.
		show_in_sidebar: false,
		show_on_dashboard: false,
		sort_field: 'created',
		sort_reverse: true,
		...draft,
	}),
};
