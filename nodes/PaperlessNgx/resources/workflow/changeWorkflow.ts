import { PaperlessError } from '../../../api/errors';
import { isRecord } from '../../../api/json';
import type { Workflow, WorkflowDraft } from '../../../api/schemas/workflow';
import type { Server } from '../../../api/server';
import { attempt } from '../../../toolkit/attempt';
import type { Context, Json, Output } from '../../../toolkit/operation';
import { differences } from './differences';
import { isOfTrigger } from './isOfTrigger';
import { revealPart } from './concealPart';
import { presentWorkflows } from './presentWorkflows';
import { rejectWorkflow } from './rejectWorkflow';
import type { GivenWorkflow } from './workflowFrom';

const newerFilter = /^filter_(has_(all_tags|not_\w+|storage_path)|custom_field_query)$/;

const isSet = (value: unknown): boolean =>
	Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';

/** A filter for several may ask for one, which older servers have a field for. */
function withoutLists(trigger: Json): Json {
	const single = (key: string) => `filter_has_${key.slice('filter_has_any_'.length, -1)}`;
	const isOne = (key: string, value: unknown) =>
		/^filter_has_any_\w+s$/.test(key) &&
		Array.isArray(value) &&
		value.length === 1 &&
		!isSet(trigger[single(key)]);
	const lists = Object.entries(trigger).filter(([key, value]) => isOne(key, value));
	return {
		...trigger,
		...Object.fromEntries(lists.map(([key, value]) => [single(key), [value].flat()[0]])),
		...Object.fromEntries(lists.map(([key]) => [key, []])),
	};
}

/**
 * Triggers in the terms of a server. It ignores filters that its version does not know, and would run
 * the workflow for every document (docs/paperless-api.md#workflow-filters).
 */
function triggersFor(server: Server, triggers: readonly Json[]): Json[] {
	return triggers.map((given) => {
		const trigger = server.has('workflowFiltersOfSeveral') ? given : withoutLists(given);
		const set = Object.keys(trigger).filter((key) => isSet(trigger[key]));
		if (set.some((key) => newerFilter.test(key))) server.require('workflowFilters');
		if (set.some((key) => key.startsWith('filter_has_any_')))
			server.require('workflowFiltersOfSeveral');
		return trigger;
	});
}

const notStored = ({ name }: { name: string }, places: readonly string[], rest: string) =>
	new PaperlessError('unexpectedReply', `The workflow “${name}” is not as it was given`, {
		description: `Paperless-ngx reported success and stored something else for: ${places.join(', ')}. An older server does not know all fields. ${rest}`,
	});

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** Creates a workflow. One that the server did not store as given is removed again, because it could run for every document. */
export async function createWorkflow(context: Context, given: GivenWorkflow): Promise<Workflow> {
	const { api, names } = context;
	const { enabled = true, triggers = [], actions = [], ...rest } = given;
	const name = textOf(rest.name);
	if (name === '') throw rejectWorkflow('The workflow has no “name”', 'Add a name to the JSON.');
	const revealed = actions.map((action) => revealPart(action));
	if (isOfTrigger({ actions: revealed as Workflow['actions'] })) {
		throw rejectWorkflow(
			'The workflow belongs to a Webhook Trigger of n8n',
			'Publish a workflow of n8n with such a trigger for this server; it creates its own.',
		);
	}
	const server = await api.currentServer();
	const draft: WorkflowDraft = {
		...rest,
		name,
		enabled: enabled !== false,
		triggers: triggersFor(server, triggers),
		actions: revealed,
	};
	const created = await api.workflows.create(draft);
	const wrong = differences(draft, created);
	if (wrong.length > 0) {
		const removed = await attempt(() => api.workflows.delete(created.id));
		const left =
			removed instanceof Error
				? `It is there with the ID ${created.id} and could not be deleted.`
				: 'It was deleted again.';
		throw notStored(draft, wrong, left);
	}
	await names.add('workflow', created);
	return created;
}

const idOf = (value: unknown) => (isRecord(value) && 'id' in value ? { id: value.id } : {});

/** A given part with the ids and secrets of the stored one in its place, so that the server changes that one. */
function inPlaceOf(stored: Json | undefined, given: Json): Json {
	if (stored === undefined || (given.type ?? stored.type) !== stored.type) return revealPart(given);
	const part = revealPart(given, stored);
	return {
		type: stored.type,
		...part,
		id: stored.id,
		...(isRecord(part.webhook) && { webhook: { ...part.webhook, ...idOf(stored.webhook) } }),
		...(isRecord(part.email) && { email: { ...part.email, ...idOf(stored.email) } }),
	};
}

export type WrittenWorkflow = { before: Workflow; after: Workflow };

/** Changes what is not so yet. A list of triggers or actions that is given replaces the stored one. */
export async function changeWorkflow(
	context: Context,
	before: Workflow,
	{ triggers, actions, ...fields }: GivenWorkflow,
): Promise<WrittenWorkflow> {
	const { api, names } = context;
	const server = await api.currentServer();
	const asked = {
		...fields,
		...(triggers && {
			triggers: triggersFor(server, triggers).map((part, at) =>
				inPlaceOf(before.triggers[at], part),
			),
		}),
		...(actions && { actions: actions.map((part, at) => inPlaceOf(before.actions[at], part)) }),
	};
	if (differences(asked, before).length === 0) return { before, after: before };
	const whole = server.has('partialWorkflows')
		? asked
		: { triggers: before.triggers, actions: before.actions, ...asked };
	const after = await api.workflows.update(before.id, whole);
	await names.replace('workflow', after);
	const wrong = differences(whole, after);
	if (wrong.length > 0)
		throw notStored(before, wrong, 'Look at the workflow in the web interface.');
	return { before, after };
}

/** What became different, with names; secrets stay masked. */
function changesOf(before: Json, after: Json, raw: WrittenWorkflow): Json {
	const keys = Object.keys(raw.after).filter(
		(key) =>
			differences(raw.after[key], raw.before[key], key).length > 0 ||
			differences(raw.before[key], raw.after[key], key).length > 0,
	);
	return Object.fromEntries(
		keys.map((key) => [key, { from: before[key] ?? null, to: after[key] ?? null }]),
	);
}

/** The output item for a change of a workflow. */
export async function changedOutput(context: Context, written: WrittenWorkflow): Promise<Output> {
	const { before, after } = written;
	const shown = await presentWorkflows(context, [before, after], {});
	const [from = {}, to = {}] = shown;
	const changes = changesOf(from, to, written);
	return { json: { ...to, updated: Object.keys(changes).length > 0, changes } };
}
