import type { IDataObject } from 'n8n-workflow';
import { microsecondsOf } from '../../nodes/events/stamps.ts';
import type { Sandbox } from './sandbox.mts';
import { WebhookTrigger } from './webhookTrigger.mts';

/** An accepted call: its document, and the `modified` that the document had at that moment. */
type Call = { document: number; modified: bigint | undefined };

const documentOf = ({ doc_url: url }: IDataObject) =>
	Number(/\/documents\/(\d+)\//.exec(String(url))?.[1]);

/** A webhook trigger of a simulation, with what n8n keeps for it and what it reported. */
export class SimulatedListener {
	/** The events that started the workflow, with the documents that they concern. */
	readonly emitted: Array<{ event: string; document: number }> = [];
	readonly repeated: string[] = [];
	/** Calls that failed although nothing was wrong. */
	readonly broken: string[] = [];
	/** Calls that ended as a failed execution. */
	failed = 0;

	private readonly sandbox: Sandbox;
	readonly event: string;
	private readonly webhookUrl: string;
	private trigger: WebhookTrigger;
	private readonly calls: Call[] = [];
	/** The last saved state, and the events since then. */
	private saved: IDataObject = {};
	private readonly unsaved = new Set<string>();
	/** Events that n8n lost in a crash. */
	private readonly forgotten = new Set<string>();

	constructor(sandbox: Sandbox, event: string, webhookUrl: string) {
		this.sandbox = sandbox;
		this.event = event;
		this.webhookUrl = webhookUrl;
		this.trigger = this.triggerFrom({});
	}

	async activate(): Promise<void> {
		await this.trigger.activate();
		this.save();
	}

	async deactivate(): Promise<void> {
		await this.trigger.deactivate();
	}

	/** Goes on in a new process; after a crash, with the last saved state. */
	restart(crashed: boolean): void {
		if (crashed) for (const event of this.unsaved) this.forgotten.add(event);
		else this.save();
		// The new process would still know the ids of the old one under the same node id.
		this.trigger = this.triggerFrom(this.saved);
	}

	/** Documents of accepted calls whose state at that moment, or a later one, was not reported. */
	silent(): string[] {
		const reported = new Map<number, bigint>();
		for (const { event, document } of this.emitted) {
			const stamp = BigInt(event.split(':')[2] ?? 0);
			if (stamp >= (reported.get(document) ?? 0n)) reported.set(document, stamp);
		}
		return this.calls
			.filter(({ document, modified = 0n }) => (reported.get(document) ?? -1n) < modified)
			.map(({ document, modified = '' }) => `call of ${this.event} ${document} ${modified}`);
	}

	async process(
		headers: Record<string, string>,
		body: IDataObject,
		answer: (status: number) => void,
		isRevoked: boolean,
	): Promise<void> {
		const document = documentOf(body);
		const modified = await this.modifiedOf(document);
		const { memory } = this.trigger;
		const trigger = isRevoked ? this.triggerFrom(memory, 'revoked') : this.trigger;
		try {
			const { items = [] } = await trigger.call(body, headers, answer);
			this.calls.push({ document, modified });
			for (const { json } of items) this.note(String(json['event_id']), document);
		} catch (thrown) {
			// A failed execution: the server has an answer and does not call again.
			if (isRevoked) this.failed += 1;
			else this.broken.push(`call about ${document}: ${String(thrown)}`);
		}
	}

	/** In microseconds. Of an addition any event is right, of an update one that is not older. */
	private async modifiedOf(document: number): Promise<bigint | undefined> {
		if (this.event === 'documentAdded') return undefined;
		type Rows = { results: Array<{ modified: string }> };
		const path = `documents/?id__in=${document}&fields=modified`;
		const [row] = (await this.sandbox.api<Rows>('GET', path)).results;
		return row && microsecondsOf(row.modified);
	}

	private save(): void {
		this.saved = this.trigger.memory;
		this.unsaved.clear();
	}

	private triggerFrom(memory: IDataObject, apiToken = this.sandbox.tokens.admin): WebhookTrigger {
		const credentials = { baseUrl: this.sandbox.url, apiToken };
		const place = { memory, webhookUrl: this.webhookUrl };
		return new WebhookTrigger(credentials, { event: this.event }, place);
	}

	private note(event: string, document: number): void {
		const isKnown = this.emitted.some((emitted) => emitted.event === event);
		if (isKnown && !this.forgotten.delete(event)) this.repeated.push(event);
		this.unsaved.add(event);
		this.emitted.push({ event, document });
	}
}
