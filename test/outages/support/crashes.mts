import type { Host } from '../../../scripts/n8n/host.mts';
import type { SavedWorkflow } from '../../../scripts/n8n/rest.mts';
import { eventIds, expectedOf, paper, watch } from '../../e2e/support/watching.mts';
import type { Alone } from './alone.mts';

/** After a crash n8n waits until the lease of the poll has run out. */
const leaseMs = 280_000;
export const threeStartsAndPolls = 1_000_000;

/** Kills n8n twice while documents come in, and expects one execution for each of their events. */
export async function findsEverythingOnce(
	{ host, world }: Alone,
	begins: (host: Host, workflow: SavedWorkflow) => Promise<void> = async () => undefined,
): Promise<void> {
	const workflow = await watch(world);
	await begins(host, workflow);
	await world.sendTexts(paper(world, 'before the crash'));
	await host.crash(async () => await world.sendTexts(paper(world, 'during the crash')));
	const first = await world.startedWith(4, workflow.id, 'Trigger', leaseMs);

	await host.crash(async () => await world.sendTexts(paper(world, 'during another crash')));
	const all = await world.startedWith(6, workflow.id, 'Trigger', leaseMs);
	await world.n8n.deactivateWorkflow(workflow.id);

	const ids = (await world.ids('documents')).sort((a, b) => a - b);
	expect(eventIds(first)).toEqual(expectedOf(ids.slice(0, 2)));
	expect(eventIds(all)).toEqual(expectedOf(ids));
}
