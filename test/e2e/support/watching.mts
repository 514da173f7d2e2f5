import { credentialType } from '../../../scripts/n8n/examples.mts';
import type { SavedWorkflow } from '../../../scripts/n8n/rest.mts';
import { node, type World } from './world.mts';

const events = ['documentAdded', 'newInboxDocument'];

const nothing = node('Nothing', 'n8n-nodes-base.noOp', 1, {});

/** An active workflow that the trigger starts. Its inbox tag goes with all that has the prefix. */
export async function watch(world: World, next = nothing): Promise<SavedWorkflow> {
	return await watchBy(await world.credential(), world, next);
}

export async function watchBy(
	{ id, name }: { id: string; name: string },
	world: World,
	next = nothing,
): Promise<SavedWorkflow> {
	await world.api('POST', 'tags/', { name: `${world.prefix} inbox`, is_inbox_tag: true });
	const ours = { rows: [{ field: 'title', condition: 'istartswith', text: world.prefix }] };
	const trigger = await world.triggerNode('Trigger', { events, filters: { texts: ours } });
	const credentials = { [credentialType]: { id, name } };
	const workflow = await world.save(world.row('trigger', { ...trigger, credentials }, next));
	await world.n8n.activateWorkflow(workflow);
	return workflow;
}

export const paper = (world: World, name: string) => ({
	title: `${world.prefix} ${name}`,
	text: `The text of ${name}`,
});

/** Each event of each of these documents, once. */
export const expectedOf = (ids: number[]): string[] =>
	ids.flatMap((id) => events.map((event) => `${event}:${id}`)).sort();

export const eventIds = (items: Array<Record<string, unknown>>): string[] =>
	items.map((item) => String(item['event_id'])).sort();

/** What n8n has begun executions with, also where it was killed before it came to them. */
export async function eventsBegun(world: World, workflowId: string): Promise<string[]> {
	const executions = await world.n8n.executions(workflowId);
	const begun = executions
		// A poll that failed is an execution as well.
		.filter(({ status }) => status !== 'error')
		.map(async ({ id }) => await world.n8n.currentExecution(id));
	const items = (await Promise.all(begun)).flatMap((one) => one.startedWith('Trigger'));
	return eventIds(items.map(({ json }) => json));
}
