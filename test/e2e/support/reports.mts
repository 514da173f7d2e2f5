import type { Execution, N8nClient, SavedWorkflow } from '../../../scripts/n8n/rest.mts';
import { waitFor } from './waiting.mts';

const AT_ONCE = 10;
/** A machine with two processors needs a quarter of an hour for two thousand calls. */
const PATIENCE_MS = 1_500_000;

const isUnderWay = ({ status }: { status: string }) => ['new', 'running'].includes(status);

/**
 * What n8n has started workflows with, by its executions. Each is read as soon as it is there: of
 * what a killed worker was at, n8n itself forgets the data when it finds out.
 */
export class Reports {
	private readonly n8n: N8nClient;
	private readonly workflows: SavedWorkflow[];
	private readonly seen: Execution[] = [];

	constructor(n8n: N8nClient, ...workflows: SavedWorkflow[]) {
		this.n8n = n8n;
		this.workflows = workflows;
	}

	/** n8n numbers its executions one by one. */
	async readOn(): Promise<void> {
		const latest = Math.max(0, ...(await this.listed()).map(({ id }) => Number(id)));
		while (this.seen.length < latest) {
			const from = this.seen.length + 1;
			const ids = Array.from({ length: Math.min(AT_ONCE, latest - from + 1) }, (_, i) => from + i);
			this.seen.push(...(await this.read(ids.map(String))));
		}
	}

	get all(): readonly Execution[] {
		return this.seen;
	}

	eventsOf({ id }: SavedWorkflow): string[] {
		return (
			this.seen
				.filter(({ workflowId }) => workflowId === id)
				.flatMap((execution) => execution.startedWith('Trigger'))
				// A poll or a call that failed is an execution as well, without an event.
				.flatMap(({ json }) => (json['event_id'] === undefined ? [] : [String(json['event_id'])]))
		);
	}

	/** Waits until each workflow has been started with that many, and for what may follow. */
	async complete(count: number): Promise<Execution[]> {
		const counts = () => this.workflows.map((workflow) => this.eventsOf(workflow).length);
		await waitFor(
			async () => {
				await this.readOn();
				return Math.min(...counts()) >= count || undefined;
			},
			{
				what: () => `${count} events of each workflow; there are ${counts().join(' and ')}`,
				everyMs: 2000,
				patienceMs: PATIENCE_MS,
			},
		);
		await waitFor(async () => !(await this.listed()).some(isUnderWay) || undefined, {
			what: () => 'the last execution to end',
			everyMs: 1000,
			patienceMs: PATIENCE_MS,
		});
		await this.readOn();
		const ended: Execution[] = [];
		for (const one of this.seen)
			ended.push(...(isUnderWay(one) ? await this.read([one.id]) : [one]));
		return ended;
	}

	private async listed() {
		const lists = this.workflows.map(async ({ id }) => await this.n8n.executions(id));
		return (await Promise.all(lists)).flat();
	}

	private async read(ids: string[]): Promise<Execution[]> {
		return await Promise.all(ids.map(async (id) => await this.n8n.currentExecution(id)));
	}
}
