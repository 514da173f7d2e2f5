import { boolean, integer, text, wrong } from './fields.mts';
import type { Field } from './fields.mts';
import { crash } from './http.mts';
import type { Call, Route } from './http.mts';
import { objectRoutes } from './objects.mts';
import type { Kind } from './objects.mts';
import type { Row, Store, Table, Workflow, WorkflowAction, WorkflowTrigger } from './store.mts';
import { actionFields, isPartial, nested, triggerFields } from './workflowFields.mts';
import { meetsLock } from './meetsLock.mts';
import { shown } from './workflowLinks.mts';

type Values = Record<string, unknown>;

const rowOf = <T extends Row>(table: Table<T>, { id }: Values): T | undefined =>
	table.get((id ?? null) as number | null);

/** Changes the row with the id. If no row has it, adds one with this id. */
function write<T extends Row>(table: Table<T>, fields: Record<string, Field>, values: Values): T {
	const existing = rowOf(table, values);
	if (existing) return Object.assign(existing, values);
	const initials = Object.entries(fields).map(([name, { initial }]) => [name, initial?.()]);
	return table.add({ ...Object.fromEntries(initials), ...values } as unknown as T);
}

const requireTrigger = (values: Values, { profile }: Call): Values => {
	// 2.15 reads the type and crashes if it is missing.
	if (!profile.nestedTags && !('type' in values)) crash();
	const isFiltered =
		values['filter_filename'] || values['filter_path'] || 'filter_mailrule' in values;
	return values['type'] === 1 && !isFiltered
		? wrong('File name, path or mail rule filter are required')
		: values;
};

const requireAction = (values: Values): Values => {
	if (values['type'] === 3 && !('email' in values))
		wrong('Email data is required for email actions');
	if (values['type'] === 4 && !('webhook' in values))
		wrong('Webhook data is required for webhook actions');
	return values;
};

/** Only PATCH keeps the sources of a trigger. It gives a new trigger all sources. */
function saveTrigger(call: Call, values: Values): number {
	const { workflow_triggers: table } = call.store;
	const sources = isPartial(call) ? [1, 2, 3, 4] : [1, 2, 3];
	const keeps = isPartial(call) && rowOf(table, values);
	return write(table, triggerFields(call), { ...(!keeps && { sources }), ...values }).id;
}

const saveAction = (call: Call, values: Values): number =>
	write(call.store.workflow_actions, actionFields(call), withParts(call, values)).id;

/** An e-mail or a webhook is a separate row with an id. */
function withParts({ store }: Call, values: Values): Values {
	const saved = (given: unknown, table: Table<Row>): unknown =>
		given ? write(table, {}, given as Values) : given;
	return {
		...values,
		...('email' in values && { email: saved(values['email'], store.workflow_emails) }),
		...('webhook' in values && { webhook: saved(values['webhook'], store.workflow_webhooks) }),
	};
}

const byId = (a: Row, b: Row): number => a.id - b.id;

const triggers: Kind<WorkflowTrigger> = {
	path: 'workflow_triggers/',
	model: 'workflowtrigger',
	label: 'WorkflowTrigger',
	table: ({ store }) => store.workflow_triggers,
	fields: triggerFields,
	defaultOrder: byId,
	prepare: (values, call) => requireTrigger(values, call) as Partial<WorkflowTrigger>,
	show: (rows, call) => rows.map((row) => shown(row, triggerFields(call), call.store)),
};

const actions: Kind<WorkflowAction> = {
	path: 'workflow_actions/',
	model: 'workflowaction',
	label: 'WorkflowAction',
	table: ({ store }) => store.workflow_actions,
	fields: actionFields,
	defaultOrder: byId,
	prepare: (values, call) => withParts(call, requireAction(values)) as Partial<WorkflowAction>,
	show: (rows, call) => rows.map((row) => shown(row, actionFields(call), call.store)),
};

/** Every change of a workflow deletes triggers and actions without a workflow. */
function sweep({
	workflows,
	workflow_triggers: triggerRows,
	workflow_actions: actionRows,
}: Store): void {
	const used = [...workflows.values()];
	for (const { id } of triggerRows.values())
		if (!used.some((workflow) => workflow.triggers.includes(id))) triggerRows.delete(id);
	for (const { id } of actionRows.values())
		if (!used.some((workflow) => workflow.actions.includes(id))) actionRows.delete(id);
}

const workflows: Kind<Workflow> = {
	path: 'workflows/',
	model: 'workflow',
	label: 'Workflow',
	table: ({ store }) => store.workflows,
	fields: (call, existing) => ({
		name: {
			required: true,
			check: (value, store) => {
				const name = text({ max: 256 })(value, store);
				const taken = store.workflows.find((row) => row.name === name && row.id !== existing?.id);
				return taken ? wrong('workflow with this name already exists.') : name;
			},
		},
		order: { check: integer(), initial: () => 0 },
		enabled: { check: boolean, initial: () => true },
		triggers: {
			required: true,
			check: nested(triggerFields(call), call, (values) => requireTrigger(values, call)),
		},
		actions: { required: true, check: nested(actionFields(call), call, requireAction) },
	}),
	defaultOrder: (a, b) => a.order - b.order || a.id - b.id,
	prepare: ({ triggers: triggerValues, actions: actionValues, ...values }, call, existing) => {
		const isWhole = triggerValues !== undefined && actionValues !== undefined;
		if (existing && !isWhole && !call.profile.nestedTags) {
			Object.assign(existing, values);
			crash();
		}
		if (meetsLock(call.store)) {
			// The parts are saved one after the other.
			const [first] = (triggerValues ?? []) as Values[];
			if (existing) {
				Object.assign(existing, values);
				if (first?.['id'] !== undefined) saveTrigger(call, first);
			} else
				call.store.workflows.add({ ...values, triggers: [], actions: [] } as unknown as Workflow);
			crash();
		}
		const ids = (given: unknown, save: (call: Call, values: Values) => number): number[] =>
			(given as Values[]).map((item) => save(call, item));
		return {
			...values,
			...(triggerValues !== undefined && { triggers: ids(triggerValues, saveTrigger) }),
			...(actionValues !== undefined && { actions: ids(actionValues, saveAction) }),
		};
	},
	saved: (_, { store }, before) => before && sweep(store),
	show: (rows, call) =>
		rows.map(({ id, name, order, enabled, ...parts }) => {
			const { workflow_triggers: triggerRows, workflow_actions: actionRows } = call.store;
			return {
				id,
				name,
				order,
				enabled,
				triggers: triggers.show(rowsOf(triggerRows, parts.triggers), call, 'detail'),
				actions: actions.show(rowsOf(actionRows, parts.actions), call, 'detail'),
			};
		}),
};

export const rowsOf = <T extends Row>(table: Table<T>, ids: number[]): T[] =>
	ids.toSorted((a, b) => a - b).flatMap((id) => table.get(id) ?? []);

export const workflowRoutes: Route[] = [
	...objectRoutes(workflows),
	...objectRoutes(triggers),
	...objectRoutes(actions),
];
