import type { IDataObject } from 'n8n-workflow';
import type { Random } from './random.mts';
import type { Sandbox } from './sandbox.mts';
import { Stub } from './stub.mts';
import { WebhookTrigger } from './webhookTrigger.mts';

/** What may become of deliveries from now on, and how likely. */
const mishaps = {
	none: 6,
	late: 4,
	lost: 3,
	n8nDown: 2,
	refused: 3,
	repeated: 5,
	tokenRevoked: 3,
} as const;

/** Quicker than a real server, and as often. */
const punctual = { deliverySeconds: 0, retrySeconds: [0.01, 0.02, 0.03] };

/** The webhook trigger beside the polling one, and the way from the server to it. */
export class SimulatedWebhooks {
	/** What the workflow was started with: ids of events, by the document that they are about. */
	readonly emitted: Array<{ event: string; document: number }> = [];
	/** Documents of which a call was taken and worked off; each must have been emitted. */
	readonly workedOff = new Set<number>();
	readonly repeated: string[] = [];
	/** Calls that failed although nothing was wrong. */
	readonly broken: string[] = [];
	arrived = 0;
	failed = 0;

	private readonly sandbox: Sandbox;
	private readonly random: Random;
	private readonly n8n: Stub;
	private trigger: WebhookTrigger;
	private mishap: keyof typeof mishaps = 'none';
	private readonly underWay = new Set<Promise<void>>();
	/** As it was saved some time ago, and what has been emitted since. */
	private saved: IDataObject = {};
	private readonly unsaved = new Set<string>();
	/** What a crash made n8n forget. */
	private readonly forgotten = new Set<string>();

	private constructor(sandbox: Sandbox, random: Random, n8n: Stub) {
		this.sandbox = sandbox;
		this.random = random;
		this.n8n = n8n;
		this.trigger = this.triggerFrom({});
	}

	static async start(sandbox: Sandbox, random: Random): Promise<SimulatedWebhooks> {
		const n8n: Stub = await Stub.start(
			async ({ headers, body }) => await webhooks.take(headers, body),
		);
		const webhooks = new SimulatedWebhooks(sandbox, random, n8n);
		await sandbox.settings(punctual);
		await webhooks.trigger.activate();
		webhooks.save();
		return webhooks;
	}

	/** Returns what it was. */
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

	/** Until nothing is on its way and nothing is being worked at. */
	async settle(): Promise<void> {
		await this.sandbox.settleDeliveries();
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** n8n starts anew, after a crash with what it saved some time ago. */
	async restart(): Promise<boolean> {
		await this.settle();
		const crashed = this.random.chance(0.3);
		if (crashed) for (const event of this.unsaved) this.forgotten.add(event);
		else this.save();
		// What the process knew besides goes by the node's id.
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

	private async take(
		headers: Record<string, string>,
		body: Uint8Array,
	): Promise<{ status: number }> {
		this.arrived += 1;
		if (this.mishap === 'n8nDown') throw new Error('n8n is not there');
		if (this.mishap === 'refused' && this.random.chance(0.5)) return { status: 503 };
		return await new Promise((answer) => {
			const work = this.workOff(headers, JSON.parse(String(body)) as IDataObject, (status) =>
				answer({ status }),
			).finally(() => this.underWay.delete(work));
			this.underWay.add(work);
		});
	}

	private async workOff(
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
			this.workedOff.add(document);
			for (const { json } of items) this.note(String(json['event_id']), document);
		} catch (thrown) {
			// A failed execution: the server has its answer and does not call again.
			if (trigger !== this.trigger) this.failed += 1;
			else this.broken.push(`call about ${document}: ${String(thrown)}`);
		}
	}

	private note(event: string, document: number): void {
		const isKnown = this.emitted.some((one) => one.event === event);
		if (isKnown && !this.forgotten.delete(event)) this.repeated.push(event);
		this.unsaved.add(event);
		this.emitted.push({ event, document });
	}
}
