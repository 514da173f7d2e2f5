import type { Host } from '../../../scripts/n8n/host.mts';
import type { SavedWorkflow } from '../../../scripts/n8n/rest.mts';
import { timesSaid, waitFor } from '../../e2e/support/waiting.mts';

/** n8n then saves what a trigger remembers together with the execution that it starts. */
export const durableCursors = {
	N8N_LOG_LEVEL: 'debug',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_ENABLED: 'true',
	// After a crash n8n waits until the lease of the poll has run out; a minute, if not told otherwise.
	N8N_SCHEDULER_LEASE_DURATION: '20',
	N8N_SCHEDULER_REAPER_INTERVAL: '5',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
	// n8n runs what it has scheduled beforehand and missed beside what is due then, and both find the same.
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '5',
	N8N_SCHEDULER_MATERIALIZATION_WINDOW: '15',
};

/** With several poll times, n8n lets the polls of one node run beside each other. */
export const everyMinute = { item: [{ mode: 'everyMinute' }] };

/** With durable cursors n8n forgets what the poll at activation remembered; the first one after it counts. */
export async function firstScheduledPoll({ server }: Host, { id }: SavedWorkflow): Promise<void> {
	const said = new RegExp(`Poll returned no new data[^\n]*${id}`);
	await waitFor(async () => (await timesSaid(server.logFile, said)) > 0 || undefined, {
		what: () => 'the first scheduled poll',
	});
}
