import type { IDataObject } from 'n8n-workflow';
import type { Random } from './random.mts';
import type { Sandbox } from './sandbox.mts';
import { SimulatedListener } from './simulatedListener.mts';
import { simulatedTime } from './simulatedTime.mts';
import type { Heard } from './stub.mts';
import { Stub } from './stub.mts';

/** What may happen to deliveries, and its weight. */
const mishaps = {
	none: 6,
	early: 4,
	late: 4,
	lost: 3,
	n8nDown: 2,
	refused: 3,
	repeated: 5,
	tokenRevoked: 3,
} as const;

/** Faster than a real server, with as many retries. */
const punctual = { deliverySeconds: 0, saveSeconds: 0, retrySeconds: [0.01, 0.02, 0.03] };

/** How long an early delivery is ahead of the new stamp of its document. */
const saveSeconds = 2;

/** Webhook triggers beside the polling trigger, and the network between server and n8n. */
export class SimulatedWebhooks {
	readonly added: SimulatedListener;
	arrived = 0;

	private readonly sandbox: Sandbox;
	private readonly random: Random;
	private readonly n8n: Stub;
	private readonly listeners: readonly SimulatedListener[];
	private mishap: keyof typeof mishaps = 'none';
	private readonly running = new Set<Promise<void>>();

	private constructor(sandbox: Sandbox, random: Random, n8n: Stub) {
		this.sandbox = sandbox;
		this.random = random;
		this.n8n = n8n;
		const listenerFor = (event: string) =>
			new SimulatedListener(sandbox, event, `${n8n.url}/${event}`);
		this.added = listenerFor('documentAdded');
		// Its deliveries move the stamps of documents once more.
		const withUpdates = random.chance(0.5);
		this.listeners = [this.added, ...(withUpdates ? [listenerFor('documentUpdated')] : [])];
	}

	static async start(sandbox: Sandbox, random: Random): Promise<SimulatedWebhooks> {
		const n8n: Stub = await Stub.start(async (heard) => await webhooks.receive(heard));
		const webhooks = new SimulatedWebhooks(sandbox, random, n8n);
		await sandbox.settings(punctual);
		for (const listener of webhooks.listeners) await listener.activate();
		return webhooks;
	}

	/** Starts a random mishap, and returns its name. */
	async disturb(): Promise<string> {
		const { random } = this;
		const mishap = random.weighted(mishaps);
		const count = random.whole(1, 3);
		await this.settle();
		this.mishap = mishap;
		await this.sandbox.settings({
			...punctual,
			deliverySeconds: mishap === 'late' ? 0.05 : 0,
			saveSeconds: mishap === 'early' ? saveSeconds : 0,
			loseDeliveries: mishap === 'lost' ? count : 0,
			repeatDeliveries: mishap === 'repeated' ? count : 0,
		});
		return mishap;
	}

	/** Waits until no delivery is on its way or being processed, and everything told of is saved. */
	async settle(): Promise<void> {
		await this.sandbox.settleDeliveries();
		while (this.running.size > 0) await Promise.all(this.running);
		if (this.mishap === 'early') await simulatedTime.pause(saveSeconds * 1000);
	}

	/** Restarts n8n; after a crash, with its last saved state. Returns whether it crashed. */
	async restart(): Promise<boolean> {
		await this.settle();
		const crashed = this.random.chance(0.3);
		for (const listener of this.listeners) listener.restart(crashed);
		return crashed;
	}

	async close(): Promise<void> {
		for (const listener of this.listeners) await listener.deactivate();
		await this.n8n.close();
	}

	get failed(): number {
		return this.listeners.reduce((sum, { failed }) => sum + failed, 0);
	}

	get repeated(): string[] {
		return this.listeners.flatMap(({ repeated }) => repeated);
	}

	/** Accepted calls that failed without a mishap, or whose event was not reported. */
	get lost(): string[] {
		return this.listeners.flatMap((listener) => [...listener.broken, ...listener.silent()]);
	}

	private async receive({ path, headers, body }: Heard): Promise<{ status: number }> {
		this.arrived += 1;
		if (this.mishap === 'n8nDown') throw new Error('n8n is down');
		if (this.mishap === 'refused' && this.random.chance(0.5)) return { status: 503 };
		const listener = this.listeners.find(({ event }) => path.includes(`/${event}/`));
		return await new Promise((answer) => {
			const work = (listener ?? this.added)
				.process(
					headers,
					JSON.parse(String(body)) as IDataObject,
					(status) => answer({ status }),
					this.mishap === 'tokenRevoked',
				)
				.finally(() => this.running.delete(work));
			this.running.add(work);
		});
	}
}
