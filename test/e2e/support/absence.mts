import type { SavedWorkflow } from '../../../scripts/n8n/rest.mts';
import { Door } from './door.mts';
import { timesSaid, waitFor } from './waiting.mts';
import { watchBy } from './watching.mts';
import type { World } from './world.mts';

export interface Absence {
	workflowId: string;
	/** What came into the archive meanwhile. */
	ids: number[];
	/** How n8n's executions ended, the latest first. */
	endings: string[];
	/** Whether the workflow is still active when the server is back. */
	active: boolean;
}

/**
 * An active workflow whose server goes away, until two more polls have failed than the first that
 * does. `polls` is what n8n's log says of each.
 */
export async function absence(
	world: World,
	{
		logFile,
		polls,
		begins = async () => await Promise.resolve(),
	}: {
		logFile: string;
		polls: (workflow: SavedWorkflow) => RegExp;
		begins?: (workflow: SavedWorkflow) => Promise<void>;
	},
): Promise<Absence> {
	const { url, token } = world.shared.paperless;
	const door = await Door.to(url);
	const credential = await world.newCredential({ baseUrl: door.url, apiToken: token });
	const workflow = await watchBy(credential, world);
	const endings = async () => (await world.n8n.executions(workflow.id)).map(({ status }) => status);
	const polled = async () => await timesSaid(logFile, polls(workflow));
	try {
		await begins(workflow);
		await door.shut();
		await waitFor(async () => (await endings()).length > 0 || undefined, {
			what: () => 'a poll that fails',
		});
		const before = await polled();
		await waitFor(async () => (await polled()) >= before + 2 || undefined, {
			what: () => 'two more polls',
			patienceMs: 400_000,
		});
		const ids = await world.sendTexts({ title: `${world.prefix} meanwhile`, text: 'Meanwhile' });
		await door.open();
		await waitFor(async () => (await endings()).includes('success') || undefined, {
			what: () => 'the poll that catches up',
			patienceMs: 400_000,
		});
		const { active } = await world.n8n.workflow(workflow.id);
		return { workflowId: workflow.id, ids, endings: await endings(), active };
	} finally {
		await world.n8n.deactivateWorkflow(workflow.id);
		await door.shut();
	}
}
