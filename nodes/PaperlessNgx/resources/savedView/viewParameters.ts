import { PaperlessError } from '../../../api/errors';
import type { SavedViewDraft } from '../../../api/schemas/named';
import type { Server } from '../../../api/server';
import type { Context } from '../../../toolkit/operation';
import type { ValuesOf } from '../../../toolkit/parameter';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { clearedFrom, clearParameter } from '../capabilities/clearParameter';
import { simplifyParameter } from '../capabilities/simplify';
import { clearablePermissions, withGrants } from '../capabilities/withGrants';
import { clearableOwner, ownerField, ownerIn } from '../shared/ownerField';
import { permissionsParameter } from '../shared/permissions';
import { columnsFrom, columnsParameter } from './columns';

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

const clearable = {
	columns: {
		label: 'Columns',
		description: 'The web interface then chooses them',
		field: 'display_fields',
		empty: null,
	},
	...clearableOwner,
	...clearablePermissions,
} as const;

const viewOptions = optionsParameter([
	clearParameter(clearable),
	columnsParameter,
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
		...ownerField,
		description:
			'User who owns it, by default the token’s user for a new one; needs Paperless-ngx 3.0 or later',
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

/** Before 3.0 a view is its owner’s alone (docs/paperless-api.md#saved-view-flags). */
export const viewParameters = [permissionsParameter, simplifyParameter, viewOptions] as const;

type Values = ValuesOf<typeof viewParameters>;

/** From 3.0 on every user chooses which views to show, and the server ignores both flags. */
function requireFlags(server: Server, flag: string | undefined): void {
	if (flag === undefined || !server.has('sharedSavedViews')) return;
	const isSidebar = flag === 'show_in_sidebar';
	throw new PaperlessError(
		'unsupported',
		`“${isSidebar ? 'Show in Sidebar' : 'Show on Dashboard'}” needs Paperless-ngx before 3.0; this server is ${server.version}`,
		{
			description:
				'From 3.0 on every user chooses in the web interface which views to show. Remove this option.',
			parameter: isSidebar ? 'showInSidebar' : 'showOnDashboard',
		},
	);
}

/** The options that are set, as fields of a saved view (docs/paperless-api.md#saved-view-flags). */
export async function draftFrom(
	context: Context,
	{ options: given, permissions }: Pick<Values, 'options' | 'permissions'>,
): Promise<SavedViewDraft> {
	const { clear = [], columns: chosen, showInSidebar, showOnDashboard, ...options } = given;
	const flags = {
		...(showInSidebar !== undefined && { show_in_sidebar: showInSidebar }),
		...(showOnDashboard !== undefined && { show_on_dashboard: showOnDashboard }),
	};
	requireFlags(await context.api.server(), Object.keys(flags)[0]);
	const columns = await columnsFrom(context, chosen);
	const set = {
		...(await ownerIn(context, given)),
		...(columns.length > 0 && { display_fields: columns }),
	};
	const fields = await withGrants(
		context,
		{ ...set, ...clearedFrom(clearable, clear, set) },
		permissions,
	);
	const isSharing = 'owner' in fields || 'set_permissions' in fields;
	if (isSharing) await context.api.require('sharedSavedViews');
	return {
		...flags,
		...fields,
		...(options.displayMode !== undefined && { display_mode: options.displayMode }),
		...(options.pageSize !== undefined && { page_size: options.pageSize }),
		...(options.sortField !== undefined && { sort_field: options.sortField }),
		...(options.sortDescending !== undefined && { sort_reverse: options.sortDescending }),
	};
}
