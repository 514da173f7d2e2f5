import { z } from 'zod';
import { asError } from '../api/errors';
import type { Output } from '../toolkit/operation';
import { registrationOf } from './registration';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

type Host = Pick<WebhookTriggerHost, 'key' | 'recall' | 'remember'>;

type Known = { since: number; ids: Set<string> };

/**
 * The server repeats a call within seconds; a burst of this many events may lie in between. n8n saves
 * the ids with each call, so they must stay small.
 */
const maxSaved = 500;

/** Two bulk edits of the same documents follow each other. */
const maxInProcess = 10_000;

/**
 * By node, for the life of the process. n8n reads the saved data before a call and writes it after
 * it, so of calls that overlap only the last one is saved.
 */
const inProcess = new Map<string, Known>();

const savedSchema = z.object({ since: z.number(), ids: z.array(z.string()) });

/**
 * The events that were reported lately, so that a repeated delivery is skipped. A new registration
 * may concern another server or a new archive, where the same ids mean other documents.
 */
export class ReportedEvents {
	private readonly host: Host;
	private readonly since: number;
	private readonly ids: Set<string>;

	constructor(host: Host) {
		this.host = host;
		this.since = registrationOf(host)?.since ?? 0;
		const known = inProcess.get(host.key);
		this.ids = known?.since === this.since ? known.ids : new Set();
		inProcess.set(host.key, { since: this.since, ids: this.ids });
		const { data } = savedSchema.safeParse(host.recall('reported'));
		if (data?.since === this.since) for (const id of data.ids) this.ids.add(id);
	}

	has(id: string): boolean {
		return this.ids.has(id);
	}

	/** Runs the work unless the event was reported before. If the work fails, it may run again. */
	async once(id: string, work: () => Promise<Output[]>): Promise<Output[]> {
		if (this.ids.has(id)) return [];
		this.ids.add(id);
		try {
			const outputs = await work();
			const all = [...this.ids];
			for (const old of all.slice(0, -maxInProcess)) this.ids.delete(old);
			this.host.remember('reported', { since: this.since, ids: all.slice(-maxSaved) });
			return outputs;
		} catch (thrown) {
			this.ids.delete(id);
			throw asError(thrown);
		}
	}
}
