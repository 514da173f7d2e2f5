import { rulesOfQuery } from '../../../api/savedViewRules';
import type { SavedViewDraft } from '../../../api/schemas/named';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { filterParameters } from '../../../documents/filters/filterParameters';
import type { FilterValues } from '../../../documents/filters/filterParameters';
import { filtersFrom } from '../../../documents/filters/filtersFrom';

const sortFields = [
	{ name: 'Added', value: 'added' },
	{ name: 'Archive Serial Number', value: 'archive_serial_number' },
	{ name: 'Correspondent', value: 'correspondent__name' },
	{ name: 'Created', value: 'created' },
	{ name: 'Document Type', value: 'document_type__name' },
	{ name: 'Modified', value: 'modified' },
	{ name: 'Number of Notes', value: 'num_notes' },
	{ name: 'Owner', value: 'owner' },
	{ name: 'Page Count', value: 'page_count' },
	{ name: 'Title', value: 'title' },
] as const;

/** Filters as in Get Many of documents; what a view cannot hold is refused. */
export const viewFilters = filterParameters;

export const viewOptions = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Display As',
			name: 'displayMode',
			type: 'options',
			options: [
				{ name: 'Large Cards', value: 'largeCards' },
				{ name: 'Small Cards', value: 'smallCards' },
				{ name: 'Table', value: 'table' },
			],
			default: 'table',
		},
		{
			displayName: 'Documents per Page',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
		},
		{
			displayName: 'Show in Sidebar',
			name: 'showInSidebar',
			type: 'boolean',
			default: true,
			description: 'Whether to list it in the sidebar; before Paperless-ngx 3.0 only',
		},
		{
			displayName: 'Show on Dashboard',
			name: 'showOnDashboard',
			type: 'boolean',
			default: true,
			description: 'Whether to show it on the dashboard; before Paperless-ngx 3.0 only',
		},
		{
			displayName: 'Sort By',
			name: 'sortField',
			type: 'options',
			options: sortFields,
			default: 'created',
		},
		{
			displayName: 'Sort Descending',
			name: 'sortDescending',
			type: 'boolean',
			default: true,
			description: 'Whether the largest or newest comes first',
		},
	],
} as const satisfies Parameter;

type OptionValues = ValuesOf<readonly [typeof viewOptions]>['options'];

export const optionsDraft = (options: OptionValues): SavedViewDraft => ({
	...(options.displayMode !== undefined && { display_mode: options.displayMode }),
	...(options.pageSize !== undefined && { page_size: options.pageSize }),
	...(options.showInSidebar !== undefined && { show_in_sidebar: options.showInSidebar }),
	...(options.showOnDashboard !== undefined && { show_on_dashboard: options.showOnDashboard }),
	...(options.sortField !== undefined && { sort_field: options.sortField }),
	...(options.sortDescending !== undefined && { sort_reverse: options.sortDescending }),
});

export const rulesFrom = async (context: Context, values: FilterValues) =>
	rulesOfQuery((await filtersFrom(context, values)).query);
