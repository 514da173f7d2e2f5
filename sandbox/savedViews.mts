import { withOwnership } from './classification.mts';
import {
	boolean,
	choice,
	integer,
	owner,
	records,
	setPermissions,
	text,
	wrong,
} from './fields.mts';
import type { Check, Field } from './fields.mts';
import { refuse } from './http.mts';
import type { Call, Route } from './http.mts';
import { compareKeys } from './objectList.mts';
import { objectRoutes } from './objects.mts';
import type { Kind } from './objects.mts';
import { maySee, permissionKeys, requireChange, wantsFullPermissions } from './permissions.mts';
import { noGrants } from './store.mts';
import type { SavedView } from './store.mts';

const columns = [
	'title',
	'created',
	'added',
	'tag',
	'correspondent',
	'documenttype',
	'storagepath',
	'note',
	'owner',
	'shared',
	'asn',
	'pagecount',
];

const rules = (highest: number): Check =>
	records({
		rule_type: { check: choice(...Array(highest + 1).keys()), required: true },
		value: { check: text({ max: 255, blank: true }), nullable: true, initial: () => null },
	});

const displayFields: Check = (value, store) => {
	if (!Array.isArray(value)) return wrong('Expected a list of items.');
	const known = (name: unknown): boolean => {
		const custom = /^custom_field_(\d+)$/.exec(String(name));
		return custom
			? store.custom_fields.rows.has(Number(custom[1]))
			: columns.includes(String(name));
	};
	const stranger: unknown = value.find((name) => !known(name));
	if (stranger === undefined) return value;
	return refuse(400, { non_field_errors: [`Invalid field: ${String(stranger)}`] });
};

const hasFlags = ({ profile, apiVersion }: Call): boolean =>
	!profile.savedViewsShared || apiVersion < 10;

const fields = (call: Call): Record<string, Field> => ({
	name: { check: text({ max: 128 }), required: true },
	sort_field: { check: text({ max: 128, blank: true }), nullable: true, initial: () => null },
	sort_reverse: { check: boolean, initial: () => false },
	filter_rules: { check: rules(call.profile.documentVersions ? 49 : 47), required: true },
	page_size: { check: integer({ min: 1 }), nullable: true, initial: () => null },
	display_mode: {
		check: choice('table', 'smallCards', 'largeCards'),
		nullable: true,
		initial: () => null,
	},
	display_fields: { check: displayFields, nullable: true, initial: () => null },
	owner,
	set_permissions: setPermissions,
	...(hasFlags(call) && {
		show_on_dashboard: {
			check: boolean,
			required: !call.profile.savedViewsShared,
			initial: () => false,
		},
		show_in_sidebar: {
			check: boolean,
			required: !call.profile.savedViewsShared,
			initial: () => false,
		},
	}),
});

export const views: Kind<SavedView> = {
	path: 'saved_views/',
	model: 'savedview',
	label: 'SavedView',
	table: ({ store }) => store.saved_views,
	fields,
	sortings: ({ profile }) => (profile.savedViewsShared ? { name: (view) => view.name } : {}),
	defaultOrder: (a, b) => compareKeys(a.name.toLowerCase(), b.name.toLowerCase()),
	visible: (view, { user, profile }) =>
		profile.savedViewsShared ? maySee(view, user) : view.owner === user.id,
	requireChange: (view, { user }) => requireChange(view, user),
	prepare: (values, call, existing) => {
		const prepared = withOwnership<SavedView>(values, call, existing);
		const { createdIsDate, savedViewsShared } = call.profile;
		if (createdIsDate && !savedViewsShared) prepared.grants = noGrants();
		// Before 3.0 a new view belongs to whoever makes it.
		if (!savedViewsShared && !existing) prepared.owner = call.user.id;
		const row = { ...existing, ...prepared };
		const taken = call.store.saved_views.find(
			(view) => view.name === row.name && view.owner === row.owner && view.id !== row.id,
		);
		if (savedViewsShared && taken)
			refuse(400, { error: 'Object violates owner / name unique constraint' });
		return existing ? prepared : { show_on_dashboard: false, show_in_sidebar: false, ...prepared };
	},
	show: (rows, call) =>
		rows.map(
			({
				id,
				name,
				sort_field,
				sort_reverse,
				filter_rules,
				page_size,
				display_mode,
				display_fields,
				...view
			}) => ({
				id,
				name,
				sort_field,
				sort_reverse,
				filter_rules,
				page_size,
				display_mode,
				display_fields,
				...(hasFlags(call) && {
					show_on_dashboard: view.show_on_dashboard,
					show_in_sidebar: view.show_in_sidebar,
				}),
				...permissionKeys({ id, ...view }, call.user, wantsFullPermissions(call)),
			}),
		),
};

export const savedViewRoutes: Route[] = objectRoutes(views);
