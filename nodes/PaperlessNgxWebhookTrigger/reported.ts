import { z } from 'zod';
import type { Output } from '../toolkit/operation';
import type { WebhookHost } from '../toolkit/webhook';
import type { WebhookTriggerParameters } from './parameters';

type Host = Pick<WebhookHost<WebhookTriggerParameters>, 'key' | 'recall' | 'remember'>;

/** A repetition comes within seconds, so a burst of this many may lie in between. */
const atMost = 500;

/**
 * By node, for the life of the process: n8n reads what is remembered before a call and writes it
 * after, so of calls that overlap only the last is found there.
 */
const inProcess = new Map<string, Set<string>>();

const remembered = z.array(z.string()).catch([]);

/** The events that were handed over lately, so that one delivered again is left out. */
export class Reported {
	private readonly host: Host;
	private readonly known: Set<string>;

	constructor(host: Host) {
		this.host = host;
		this.known = inProcess.get(host.key) ?? new Set();
		inProcess.set(host.key, this.known);
		for (const id of remembered.parse(host.recall('reported'))) this.known.add(id);
	}

	/** What does not succeed may come again. */
	async once(id: string, work: () => Promise<Output[]>): Promise<Output[]> {
		if (this.known.has(id)) return [];
		this.known.add(id);
		try {
			const outputs = await work();
			const latest = [...this.known].slice(-atMost);
			for (const old of [...this.known].slice(0, -atMost)) this.known.delete(old);
			this.host.remember('reported', latest);
			return outputs;
		} catch (thrown) {
			this.known.delete(id);
			return await Promise.reject(thrown);
		}
	}
}
