import { PaperlessError } from '../../../api/errors';
import type { SavedViewDraft } from '../../../api/schemas/named';
import type { Context } from '../../../toolkit/operation';
import type { ValuesOf } from '../../../toolkit/parameter';
import { optionsParameter } from '../../../toolkit/parameterBuilders';

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

export const viewOptions = optionsParameter([
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
		description: 'Whether to list the view in the sidebar; only before Paperless-ngx 3.0',
	},
	{
		displayName: 'Show on Dashboard',
		name: 'showOnDashboard',
		type: 'boolean',
		default: true,
		description: 'Whether to show the view on the dashboard; only before Paperless-ngx 3.0',
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
		description: 'Whether the largest or newest document comes first',
	},
]);

type OptionValues = ValuesOf<readonly [typeof viewOptions]>['options'];

/**
 * The options that are set, as fields of a saved view. From 3.0 on every user chooses which views to
 * show, and the server ignores both flags (docs/paperless-api.md#saved-view-flags).
 */
export async function draftFrom(
	{ api }: Context,
	{ showInSidebar, showOnDashboard, ...options }: OptionValues,
): Promise<SavedViewDraft> {
	const flags = {
		...(showInSidebar !== undefined && { show_in_sidebar: showInSidebar }),
		...(showOnDashboard !== undefined && { show_on_dashboard: showOnDashboard }),
	};
	const [flag] = Object.keys(flags);
	const server = await api.server();
	if (flag !== undefined && server.has('sharedSavedViews')) {
		const label = flag === 'show_in_sidebar' ? 'Show in Sidebar' : 'Show on Dashboard';
		throw new PaperlessError(
			'unsupported',
			`“${label}” needs Paperless-ngx before 3.0; this server is ${server.version}`,
			{
				description:
					'From 3.0 on every user chooses in the web interface which views to show. Remove this option.',
				parameter: flag === 'show_in_sidebar' ? 'showInSidebar' : 'showOnDashboard',
			},
		);
	}
	return {
		...flags,
		...(options.displayMode !== undefined && { display_mode: options.displayMode }),
		...(options.pageSize !== undefined && { page_size: options.pageSize }),
		...(options.sortField !== undefined && { sort_field: options.sortField }),
		...(options.sortDescending !== undefined && { sort_reverse: options.sortDescending }),
	};
}
