import { z } from 'zod';
import type { Output } from '../toolkit/operation';
import type { WebhookHost } from '../toolkit/runWebhook';
import { registrationOf } from './ownWorkflows';
import type { WebhookTriggerParameters } from './webhookTriggerParameters';

type Host = Pick<WebhookHost<WebhookTriggerParameters>, 'key' | 'recall' | 'remember'>;

type Known = { since: number; ids: Set<string> };

/** A repetition comes within seconds, so a burst of this many may lie in between. */
const atMost = 500;

/**
 * By node, for the life of the process: n8n reads what is remembered before a call and writes it
 * after, so of calls that overlap only the last is found there.
 */
const inProcess = new Map<string, Known>();

const remembered = z.object({ since: z.number(), ids: z.array(z.string()) });

/**
 * The events that were handed over lately, so that one delivered again is left out. After a new
 * registration, which may be with another server or a new archive, the same ids are of others.
 */
export class Reported {
	private readonly host: Host;
	private readonly since: number;
	private readonly known: Set<string>;

	constructor(host: Host) {
		this.host = host;
		this.since = registrationOf(host)?.since ?? 0;
		const before = inProcess.get(host.key);
		this.known = before?.since === this.since ? before.ids : new Set();
		inProcess.set(host.key, { since: this.since, ids: this.known });
		const { data } = remembered.safeParse(host.recall('reported'));
		if (data?.since === this.since) for (const id of data.ids) this.known.add(id);
	}

	/** What does not succeed may come again. */
	async once(id: string, work: () => Promise<Output[]>): Promise<Output[]> {
		if (this.known.has(id)) return [];
		this.known.add(id);
		try {
			const outputs = await work();
			const latest = [...this.known].slice(-atMost);
			for (const old of [...this.known].slice(0, -atMost)) this.known.delete(old);
			this.host.remember('reported', { since: this.since, ids: latest });
			return outputs;
		} catch (thrown) {
			this.known.delete(id);
			return await Promise.reject(thrown);
		}
	}
}
