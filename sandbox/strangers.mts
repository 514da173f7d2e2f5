import type { Reply } from './http.mts';
import { noGrants } from './store.mts';
import type { Store } from './store.mts';

/** Maps whose keys are not those of a format. */
const maps = /^(headers|params|settings|status_counts)$/;

/** The same with a key more in every object, and null in place of every empty list but that of a page. */
function estranged(value: unknown, key = ''): unknown {
	if (Array.isArray(value)) return value.map((inner) => estranged(inner));
	if (typeof value !== 'object' || value === null || maps.test(key)) return value;
	const entries = Object.entries(value).map(([name, inner]) => {
		const isEmpty = Array.isArray(inner) && inner.length === 0 && name !== 'results';
		return [name, isEmpty || name === 'page_count' ? null : estranged(inner, name)];
	});
	return Object.fromEntries([...entries, ['of_tomorrow', { since: 'tomorrow' }]]);
}

/** The reply as a server gives it that is newer than all known ones. */
export function strange({ profile }: Store, reply: Reply): Reply {
	if (!profile.strange || reply.json === undefined) return reply;
	const { json, ...rest } = reply;
	if (reply.status < 300) return { ...rest, json: estranged(json) };
	const { detail } = json as { detail?: string };
	return reply.status === 403 && detail !== undefined ? { ...rest, text: detail } : reply;
}

/** Of triggers, sources, actions and rules of views. */
export const strangeType = 99;

/** Objects of types that no known server has. */
export function addStrangers(store: Store): void {
	const { custom_fields, saved_views, tasks, workflow_actions, workflow_triggers, workflows } =
		store;
	const now = store.now();
	custom_fields.add({ name: 'Barcode', data_type: 'barcode', extra_data: null });
	saved_views.add({
		name: 'Of tomorrow',
		owner: null,
		grants: noGrants(),
		show_on_dashboard: false,
		show_in_sidebar: false,
		sort_field: 'created',
		sort_reverse: true,
		filter_rules: [{ rule_type: strangeType, value: 'x' }],
		page_size: null,
		display_mode: 'hologram',
		display_fields: null,
	});
	tasks.add({
		task_id: '00000000-0000-4000-8000-000000000000',
		task_type: 'apply_ai_suggestions',
		trigger_source: 'barcode_scan',
		status: 'success',
		date_created: now,
		date_started: now,
		date_done: now,
		input_data: {},
		result: null,
		result_data: null,
		related_document: null,
		acknowledged: false,
		owner: null,
	});
	const trigger = workflow_triggers.add({
		type: strangeType,
		sources: [strangeType],
		filter_path: null,
		filter_filename: null,
		matching_algorithm: 0,
		match: '',
		is_insensitive: true,
		schedule_offset_days: 0,
		schedule_is_recurring: false,
		schedule_recurring_interval_days: 1,
		schedule_date_field: 'added',
		schedule_date_custom_field: null,
	});
	const kinds = ['tags', 'correspondents', 'document_types', 'storage_paths', 'custom_fields'];
	const kept = Object.fromEntries(
		[...kinds, 'owners', 'permissions'].map((kind) => [`remove_all_${kind}`, false]),
	);
	const action = workflow_actions.add({
		type: strangeType,
		assign_title: null,
		assign_custom_fields_values: null,
		...kept,
	});
	workflows.add({
		name: 'Of tomorrow',
		order: 1,
		enabled: true,
		triggers: [trigger.id],
		actions: [action.id],
	});
}
