import type { IDataObject } from 'n8n-workflow';
import type { Random } from './random.mts';
import type { Sandbox } from './sandbox.mts';
import { Stub } from './stub.mts';
import { WebhookTrigger } from './webhookTrigger.mts';

/** What may happen to deliveries, and its weight. */
const mishaps = {
	none: 6,
	late: 4,
	lost: 3,
	n8nDown: 2,
	refused: 3,
	repeated: 5,
	tokenRevoked: 3,
} as const;

/** Faster than a real server, with as many retries. */
const punctual = { deliverySeconds: 0, retrySeconds: [0.01, 0.02, 0.03] };

/** The webhook trigger beside the polling trigger, and the network between server and n8n. */
export class SimulatedWebhooks {
	/** The events that started the workflow, with the documents that they concern. */
	readonly emitted: Array<{ event: string; document: number }> = [];
	/** Documents whose call was accepted and processed; each must have been emitted. */
	readonly processed = new Set<number>();
	readonly repeated: string[] = [];
	/** Calls that failed without a mishap. */
	readonly broken: string[] = [];
	arrived = 0;
	failed = 0;

	private readonly sandbox: Sandbox;
	private readonly random: Random;
	private readonly n8n: Stub;
	private trigger: WebhookTrigger;
	private mishap: keyof typeof mishaps = 'none';
	private readonly running = new Set<Promise<void>>();
	/** The last saved state, and the events since then. */
	private saved: IDataObject = {};
	private readonly unsaved = new Set<string>();
	/** Events that n8n lost in a crash. */
	private readonly forgotten = new Set<string>();

	private constructor(sandbox: Sandbox, random: Random, n8n: Stub) {
		this.sandbox = sandbox;
		this.random = random;
		this.n8n = n8n;
		this.trigger = this.triggerFrom({});
	}

	static async start(sandbox: Sandbox, random: Random): Promise<SimulatedWebhooks> {
		const n8n: Stub = await Stub.start(
			async ({ headers, body }) => await webhooks.receive(headers, body),
		);
		const webhooks = new SimulatedWebhooks(sandbox, random, n8n);
		await sandbox.settings(punctual);
		await webhooks.trigger.activate();
		webhooks.save();
		return webhooks;
	}

	/** Starts a random mishap, and returns its name. */
	async disturb(): Promise<string> {
		const { random } = this;
		const mishap = random.weighted(mishaps);
		const count = random.whole(1, 3);
		this.mishap = mishap;
		await this.sandbox.settings({
			...punctual,
			deliverySeconds: mishap === 'late' ? 0.05 : 0,
			loseDeliveries: mishap === 'lost' ? count : 0,
			repeatDeliveries: mishap === 'repeated' ? count : 0,
		});
		return mishap;
	}

	/** Waits until no delivery is on its way or being processed. */
	async settle(): Promise<void> {
		await this.sandbox.settleDeliveries();
		while (this.running.size > 0) await Promise.all(this.running);
	}

	/** Restarts n8n; after a crash, with its last saved state. Returns whether it crashed. */
	async restart(): Promise<boolean> {
		await this.settle();
		const crashed = this.random.chance(0.3);
		if (crashed) for (const event of this.unsaved) this.forgotten.add(event);
		else this.save();
		// The new process would still know the ids of the old one under the same node id.
		this.trigger = this.triggerFrom(this.saved);
		return crashed;
	}

	async close(): Promise<void> {
		await this.trigger.deactivate();
		await this.n8n.close();
	}

	private save(): void {
		this.saved = this.trigger.memory;
		this.unsaved.clear();
	}

	private triggerFrom(memory: IDataObject, apiToken = this.sandbox.tokens.admin): WebhookTrigger {
		const credentials = { baseUrl: this.sandbox.url, apiToken };
		const place = { memory, webhookUrl: this.n8n.url };
		return new WebhookTrigger(credentials, { event: 'documentAdded' }, place);
	}

	private async receive(
		headers: Record<string, string>,
		body: Uint8Array,
	): Promise<{ status: number }> {
		this.arrived += 1;
		if (this.mishap === 'n8nDown') throw new Error('n8n is down');
		if (this.mishap === 'refused' && this.random.chance(0.5)) return { status: 503 };
		return await new Promise((answer) => {
			const work = this.process(headers, JSON.parse(String(body)) as IDataObject, (status) =>
				answer({ status }),
			).finally(() => this.running.delete(work));
			this.running.add(work);
		});
	}

	private async process(
		headers: Record<string, string>,
		body: IDataObject,
		answer: (status: number) => void,
	): Promise<void> {
		const document = Number(/\/documents\/(\d+)\//.exec(String(body['doc_url']))?.[1]);
		const { memory } = this.trigger;
		const trigger =
			this.mishap === 'tokenRevoked' ? this.triggerFrom(memory, 'revoked') : this.trigger;
		try {
			const { items = [] } = await trigger.call(body, headers, answer);
			this.processed.add(document);
			for (const { json } of items) this.note(String(json['event_id']), document);
		} catch (thrown) {
			// A failed execution: the server has an answer and does not call again.
			if (trigger !== this.trigger) this.failed += 1;
			else this.broken.push(`call about ${document}: ${String(thrown)}`);
		}
	}

	private note(event: string, document: number): void {
		const isKnown = this.emitted.some((emitted) => emitted.event === event);
		if (isKnown && !this.forgotten.delete(event)) this.repeated.push(event);
		this.unsaved.add(event);
		this.emitted.push({ event, document });
	}
}
