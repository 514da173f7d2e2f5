import { isRecord } from '../../../api/json';
import type { Workflow } from '../../../api/schemas/workflow';
import type { Context, Json, Output } from '../../../toolkit/operation';
import { differences } from './differences';
import { revealPart } from './concealPart';
import { notStored } from './notStored';
import { presentWorkflows } from './presentWorkflows';
import { sendChange } from './sendChange';
import { triggersFor } from './triggersFor';
import type { GivenWorkflow } from './workflowFrom';

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
	const after = await sendChange(api, before, whole);
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
