import { filtersOfSavedView } from '../../../api/savedViewRules';
import type { SavedView, SavedViewDraft } from '../../../api/schemas/named';
import { withoutKey } from '../capabilities/withoutKey';
import { namedColumns } from './columns';
import type { Json } from '../../../toolkit/operation';
import type { Editable } from '../capabilities/editable';

const asText = ({ rule_type, value }: SavedView['filter_rules'][number]) =>
	JSON.stringify([rule_type, value ?? null]);

/** The rules in an order that does not depend on the server. */
const sortedRules = (rules: unknown): SavedView['filter_rules'] =>
	[...((rules ?? []) as SavedView['filter_rules'])].sort((a, b) =>
		asText(a).localeCompare(asText(b)),
	);

const rulesOf = (rules: unknown): string => JSON.stringify(sortedRules(rules).map(asText));

/** Without what depends on who looks, and without the columns as the server names them. */
const unnamed = (view: SavedView): Json =>
	withoutKey('user_can_change')(withoutKey('display_fields')(view));

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
	async facts(view, context) {
		const { columns } = (await namedColumns(context, [view]))(view);
		return { ...unnamed(view), filter_rules: sortedRules(view.filter_rules), columns };
	},
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
