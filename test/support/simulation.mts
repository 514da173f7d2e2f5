import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { microsecondsOf } from '../../nodes/events/instants.ts';
import { PollingTrigger } from './pollingTrigger.mts';
import { Random } from './random.mts';
import type { Fault, Profile, Sandbox } from './sandbox.mts';
import { SimulatedWebhooks } from './simulatedWebhooks.mts';
import type { Outcome, WebhookOutcome } from './simulationOutcome.mts';
import { documentsAtStart, steps } from './simulationOutcome.mts';

const events = [
	'consumptionFailed',
	'documentAdded',
	'documentDeleted',
	'documentUpdated',
	'newInboxDocument',
];

type Shown = { modified: string; inInbox: boolean };
/** What the whole list shows, by id. */
type Archive = ReadonlyMap<number, Shown>;

const quick = { 'retry-after': '0' };

/** Those that one repetition or several get over, and those that end the poll. */
const faults: ReadonlyArray<Omit<Fault, 'path'>> = [
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 404 },
	{ kind: 'status', status: 503, headers: quick },
	{ kind: 'status', status: 503, headers: quick, times: 4 },
	{ kind: 'status', status: 502, headers: quick, times: 9 },
	{ kind: 'html' },
	{ kind: 'loginRedirect' },
	{ kind: 'drop' },
	{ kind: 'dropAfter' },
	{ kind: 'truncate' },
];

/** The beginning of a poll; or, once the changes are read, the names that the items need. */
const faultyPaths = [
	'/documents/',
	'/tags/',
	'/(tags|correspondents|custom_fields)/',
	'/(trash|tasks)/',
];

const weights = {
	poll: 24,
	pollDuringChanges: 10,
	failingPoll: 10,
	restart: 5,
	crash: 4,
	webhookMishap: 9,
	longPause: 5,
	upload: 9,
	uploadBurst: 2,
	brokenFile: 3,
	seed: 8,
	patch: 10,
	note: 3,
	bulkTags: 6,
	intoInbox: 5,
	outOfInbox: 5,
	delete: 5,
	restore: 5,
	purge: 1,
} as const;

/** What may happen while a poll is under way. */
const duringPolls = { upload: 2, seed: 4, patch: 6, bulkTags: 4, intoInbox: 3, outOfInbox: 2 };

/** A random history of an archive, played against a sandbox and watched by a trigger. */
class Simulation {
	private readonly sandbox: Sandbox;
	private readonly random: Random;
	private readonly history: string[] = [];
	private trigger: PollingTrigger;
	private webhooks!: SimulatedWebhooks;
	private inboxTag = 0;
	private otherTags: number[] = [];
	private trash: number[] = [];
	private number = 0;
	private hasBurst = false;
	private failedPolls = 0;
	private consumed = 0;

	private start: Archive = new Map();
	private startedAt = '1970-01-01T00:00:00Z';
	/** Ids of documents that were in the list once, and of those that lie in the trash or are purged. */
	private readonly seen = new Set<number>();
	private readonly gone = new Set<number>();
	private trashAtStart: string[] = [];
	/** The stamp that the last successful poll could see. */
	private lastSeen = new Map<number, string>();
	/** Stamps that a poll may have met with a document's first appearance, and told as that. */
	private glimpsed = new Map<number, string>();
	private readonly required = new Set<string>();
	private readonly allowed = new Set<string>();
	private readonly emitted: string[] = [];
	private readonly repeated: string[] = [];
	/** What was emitted when n8n crashed, and may come once more. */
	private readonly forgotten = new Set<string>();
	private emittedAgain = 0;
	/** Those of them that tell of an added document. */
	private readonly additions: Array<{ event: string; document: number }> = [];
	/** What the workflow last heard of each document. */
	private readonly lastTold = new Map<number, string>();

	constructor(sandbox: Sandbox, seed: number) {
		this.sandbox = sandbox;
		this.random = new Random(seed);
		this.trigger = this.triggerFrom({});
	}

	async play(seed: number, profile: Profile): Promise<Outcome> {
		await this.prepare();
		for (let step = 1; step <= steps; step += 1) await this.take(this.random.weighted(weights));
		for (let quiet = 0; quiet < 2; ) quiet = (await this.poll()) === 0 ? quiet + 1 : 0;
		// As many may have left the trash as came in, which shows within the hour.
		this.passTime(61);
		for (const event of await this.deletions()) this.required.add(event);
		await this.poll();
		this.account(await this.look(), await this.look(), () => true);
		const stale = [...(await this.look())]
			.filter(([id, { modified }]) => this.lastTold.get(id) !== modified)
			.map(([id, { modified }]) => `last change of ${id} at ${modified}`);
		const emitted = new Set(this.emitted);
		return {
			seed,
			profile,
			expected: this.required.size,
			emitted: this.emitted.length,
			failedPolls: this.failedPolls,
			lost: [...[...this.required].filter((event) => !emitted.has(event)), ...stale],
			emittedAgain: this.emittedAgain,
			repeated: this.repeated,
			unfounded: [...emitted].filter(
				(event) => !this.required.has(event) && !this.allowed.has(event),
			),
			webhooks: await this.joined(),
			history: this.history,
		};
	}

	/** Ends the webhook trigger and compares what both told of additions with what was added. */
	private async joined(): Promise<WebhookOutcome> {
		const { webhooks, additions } = this;
		await webhooks.settle();
		await webhooks.close();
		const all = [...additions, ...webhooks.emitted];
		const events = new Set(all.map(({ event }) => event));
		const isAddition = (event: string) => event.startsWith('documentAdded:');
		const expected = [...this.required].filter(isAddition);
		const told = new Set(webhooks.emitted.map(({ document }) => document));
		const silent = [...webhooks.workedOff].filter((document) => !told.has(document));
		return {
			expected: expected.length,
			consumed: this.consumed,
			arrived: webhooks.arrived,
			failed: webhooks.failed,
			emittedByBoth: all.length,
			joined: events.size,
			lost: [
				...expected.filter((event) => !events.has(event)),
				...silent.map((document) => `call about ${document}`),
				...webhooks.broken,
			],
			// One document under two ids would come through Remove Duplicates twice.
			repeated: [
				...webhooks.repeated,
				...(events.size > new Set(all.map(({ document }) => document)).size ? [...events] : []),
			],
			unfounded: webhooks.emitted
				.filter(({ document }) => this.start.has(document) || !this.seen.has(document))
				.map(({ event }) => event),
		};
	}

	private async prepare(): Promise<void> {
		await this.sandbox.reset();
		const commitSeconds = this.random.chance(0.6) ? 0.1 : 0;
		await this.sandbox.settings({ consumptionSeconds: 0, commitSeconds });
		await this.sandbox.seed({ documents: Number(documentsAtStart ?? this.random.whole(0, 12)) });
		const { results } = await this.sandbox.api<{
			results: Array<{ id: number; is_inbox_tag: boolean }>;
		}>('GET', 'tags/?page_size=100');
		this.inboxTag = results.find(({ is_inbox_tag }) => is_inbox_tag)?.id ?? 0;
		this.otherTags = results.filter(({ is_inbox_tag }) => !is_inbox_tag).map(({ id }) => id);
		this.emitted.push(...(await this.trigger.poll()).map(({ event_id }) => String(event_id)));
		this.start = await this.look();
		this.trashAtStart = await this.deletions();
		for (const [id, { modified }] of this.start) {
			this.lastSeen.set(id, modified);
			if (modified > this.startedAt) this.startedAt = modified;
		}
		this.webhooks = await SimulatedWebhooks.start(this.sandbox, this.random);
		this.tell(`begins with documents up to ${Math.max(0, ...this.start.keys())}`);
	}

	private tell(line: string): void {
		this.history.push(`${String(this.history.length).padStart(3)} ${line}`);
	}

	private triggerFrom(memory: IDataObject): PollingTrigger {
		const { url, tokens } = this.sandbox;
		return new PollingTrigger({ baseUrl: url, apiToken: tokens.admin }, { events }, memory);
	}

	/** What was changed since the start, past the trigger; at the start the whole list. */
	private async look(): Promise<Archive> {
		const since = `modified__gt=${encodeURIComponent(this.startedAt)}`;
		const { results } = await this.sandbox.api<{
			results: Array<{ id: number; modified: string; tags: number[] }>;
		}>('GET', `documents/?page_size=100000&fields=id,modified,tags&${since}`);
		for (const { id } of results) this.seen.add(id);
		return new Map(
			results.map(({ id, modified, tags }) => [
				id,
				{ modified, inInbox: tags.includes(this.inboxTag) },
			]),
		);
	}

	/** What lies in the trash and was deleted since the start. */
	private async deletions(): Promise<string[]> {
		const { results } = await this.sandbox.api<{
			results: Array<{ id: number; deleted_at: string }>;
		}>('GET', 'trash/?page_size=100000');
		return results
			.map(({ id, deleted_at }) => `documentDeleted:${id}:${microsecondsOf(deleted_at)}`)
			.filter((event) => !this.trashAtStart.includes(event));
	}

	private async someIds(most: number): Promise<number[]> {
		const all = new Set([...this.start.keys(), ...(await this.look()).keys()]);
		const ids = [...all].filter((id) => !this.gone.has(id)).sort((a, b) => a - b);
		return this.random.some(ids, this.random.whole(1, most));
	}

	private async take(step: keyof typeof weights): Promise<void> {
		switch (step) {
			case 'poll':
				await this.poll();
				break;
			case 'pollDuringChanges':
				await this.poll(this.random.weighted(duringPolls));
				break;
			case 'failingPoll':
				await this.failingPoll();
				break;
			case 'crash':
				await this.crash();
				break;
			case 'restart':
				this.trigger = this.triggerFrom(this.trigger.memory);
				this.tell(`n8n starts anew${(await this.webhooks.restart()) ? ' after a crash' : ''}`);
				break;
			case 'webhookMishap':
				this.tell(`webhooks from now on: ${await this.webhooks.disturb()}`);
				break;
			case 'longPause':
				this.passTime(this.random.whole(1, 600));
				break;
			default:
				await this.change(step);
		}
	}

	/** n8n ends after it started the workflow and before it saved what the poll remembered. */
	private async crash(): Promise<void> {
		const saved = this.trigger.memory;
		const [lastSeen, glimpsed] = [new Map(this.lastSeen), new Map(this.glimpsed)];
		const count = await this.poll();
		for (const event of count > 0 ? this.emitted.slice(-count) : []) this.forgotten.add(event);
		this.trigger = this.triggerFrom(saved);
		Object.assign(this, { lastSeen, glimpsed });
		this.tell('n8n crashes and starts anew from before that poll');
	}

	/** As if n8n had rested for minutes. */
	private passTime(minutes: number): void {
		this.trigger.passTime(minutes);
		this.tell(`${minutes} minutes pass`);
	}

	private async change(kind: Exclude<keyof typeof weights, 'poll'>): Promise<void> {
		const { sandbox, random } = this;
		switch (kind) {
			case 'upload':
				return await this.upload(1);
			case 'uploadBurst':
				return await this.upload(random.whole(3, 8));
			case 'brokenFile':
				return await this.sendBroken();
			case 'seed': {
				const large = !this.hasBurst && random.chance(0.05);
				this.hasBurst ||= large;
				const documents = large ? 1200 : random.whole(1, 6);
				this.tell(`${documents} documents appear`);
				return await sandbox.seed({ documents });
			}
			case 'restore':
			case 'purge': {
				const documents = random.some(this.trash, random.whole(1, 3));
				if (documents.length === 0) return;
				const action = kind === 'purge' ? 'empty' : 'restore';
				this.tell(`${kind} ${documents.join()}`);
				this.trash = this.trash.filter((id) => !documents.includes(id));
				if (kind === 'restore') for (const id of documents) this.gone.delete(id);
				await sandbox.api('POST', 'trash/', { action, documents });
				return;
			}
		}
		const documents = await this.someIds(kind === 'bulkTags' ? 12 : 3);
		this.tell(`${kind} ${documents.join()}`);
		switch (kind) {
			case 'bulkTags': {
				const tags = random.some([this.inboxTag, ...this.otherTags], 2);
				const parameters = { add_tags: tags.slice(0, 1), remove_tags: tags.slice(1) };
				const edit = { documents, method: 'modify_tags', parameters };
				await sandbox.api('POST', 'documents/bulk_edit/', edit);
				return;
			}
			case 'delete':
				this.trash.push(...documents);
				for (const id of documents) this.gone.add(id);
				// Half a minute is waited for a document that a delivery tells of and that is not there.
				await this.webhooks.settle();
		}
		for (const id of documents) {
			const at = `documents/${id}/`;
			this.number += 1;
			if (kind === 'delete') await sandbox.api('DELETE', at);
			if (kind === 'patch') await sandbox.api('PATCH', at, { title: `Title ${this.number}` });
			if (kind === 'intoInbox') await sandbox.api('PATCH', at, { tags: [this.inboxTag] });
			if (kind === 'outOfInbox') await sandbox.api('PATCH', at, { tags: [] });
			if (kind === 'note') await sandbox.api('POST', `${at}notes/`, { note: `${this.number}` });
		}
	}

	/** Returns the id of its task. */
	private async send(text: string, name: string, type: string): Promise<string> {
		const { url, tokens } = this.sandbox;
		const body = new FormData();
		body.append('document', new Blob([text], { type }), name);
		const headers = { Authorization: `Token ${tokens.admin}` };
		const address = `${url}/api/documents/post_document/`;
		const reply = await fetch(address, { method: 'POST', headers, body });
		if (!reply.ok) throw new Error(`upload: ${reply.status} ${await reply.text()}`);
		return (await reply.json()) as string;
	}

	/** A file that becomes no document, which its task says when this returns. */
	private async sendBroken(): Promise<void> {
		this.number += 1;
		const task = await this.send(`%PDF-1.4 broken ${this.number}`, 'broken.pdf', 'application/pdf');
		this.tell(`a broken file is sent (${task})`);
		this.required.add(`consumptionFailed:${task}`);
		for (let tasks = ''; !/"status":"failure"/i.test(tasks); await pause(5)) {
			tasks = JSON.stringify(await this.sandbox.api('GET', `tasks/?task_id=${task}`));
		}
	}

	/** Files sent at once, which are there when this returns. */
	private async upload(count: number): Promise<void> {
		this.tell(`${count} files are sent`);
		this.consumed += count;
		const wanted = (await this.look()).size + count;
		const texts = Array.from({ length: count }, () => `Paper number ${(this.number += 1)}`);
		await Promise.all(texts.map(async (text) => await this.send(text, 'paper.txt', 'text/plain')));
		while ((await this.look()).size < wanted) await pause(5);
	}

	/** Returns how much it reported. */
	private async poll(during?: keyof typeof duringPolls): Promise<number> {
		const before = await this.look();
		for (const event of await this.deletions()) this.allowed.add(event);
		const saved = this.trigger.memory;
		const [items] = await Promise.all([
			this.trigger.poll().catch((error: unknown) => String(error)),
			during && this.change(during),
		]);
		const after = during ? await this.look() : before;
		if (typeof items === 'string' || this.trigger.memory.failure !== undefined) {
			// n8n's durable cursors drop what a poll remembered that threw; n8n before them keeps it.
			const dropped = typeof items === 'string' && this.random.chance(0.5);
			if (dropped) this.trigger = this.triggerFrom(saved);
			this.failedPolls += 1;
			this.tell(`poll fails${dropped ? ', its memory is dropped' : ''}: ${String(items)}`);
			return 0;
		}
		// A burst is handed over in portions: what comes later than the horizon is not read yet.
		const { state } = this.trigger.memory as { state: { cursor: { horizon: string } } };
		const horizon = microsecondsOf(state.cursor.horizon);
		this.account(before, after, ({ modified }) => microsecondsOf(modified) <= horizon);
		const told = items.map(({ event_id }) => String(event_id));
		for (const event of told) this.note(event);
		for (const { event, event_id, id, modified } of items) {
			if (event === 'documentAdded') {
				this.additions.push({ event: String(event_id), document: Number(id) });
			}
			if (modified !== undefined && event !== 'documentDeleted')
				this.lastTold.set(Number(id), String(modified));
		}
		this.tell(`poll: ${told.length > 20 ? `${told.length} events` : told.join(' ') || 'nothing'}`);
		return told.length;
	}

	private note(event: string): void {
		if (this.emitted.includes(event)) {
			if (this.forgotten.delete(event)) this.emittedAgain += 1;
			else this.repeated.push(event);
		}
		this.emitted.push(event);
	}

	private async failingPoll(): Promise<void> {
		const fault = this.random.one(faults);
		const path = this.random.one(faultyPaths);
		if (fault === undefined || path === undefined) return;
		// A poll that finds nothing makes one request only.
		if (this.random.chance(0.8)) await this.change(this.random.weighted(duringPolls));
		await this.webhooks.settle();
		const before = this.trigger.poll.bind(this.trigger);
		this.trigger.poll = async () => {
			await this.sandbox.misbehave({ ...fault, path } as Fault);
			return await before().finally(async () => await this.sandbox.behave());
		};
		const faulty = this.trigger;
		this.tell(`the server is about to fail at ${path}: ${JSON.stringify(fault)}`);
		await this.poll();
		faulty.poll = before;
	}

	/** What a poll owes that began and ended when the archive was like this, and read so much of it. */
	private account(before: Archive, after: Archive, isRead: (shown: Shown) => boolean): void {
		const note = (event: string, isCertain: boolean) =>
			(isCertain ? this.required : this.allowed).add(event);
		const updated = (id: number, modified: string) =>
			`documentUpdated:${id}:${microsecondsOf(modified)}`;
		for (const [id, shown] of before) {
			if (!isRead(shown)) continue;
			const { modified, inInbox } = shown;
			const then = after.get(id);
			const known = this.lastSeen.get(id);
			if (known === undefined) {
				this.required.add(`documentAdded:${id}`);
				if (this.glimpsed.has(id)) this.allowed.add(updated(id, modified));
				if (then) this.glimpsed.set(id, then.modified);
			} else if (known !== modified) {
				const isCertain = then?.modified === modified && this.glimpsed.get(id) !== modified;
				note(updated(id, modified), isCertain);
			}
			if (inInbox && !this.start.get(id)?.inInbox) {
				note(`newInboxDocument:${id}`, then?.inInbox === true);
			}
			this.lastSeen.set(id, modified);
		}
		for (const [id, { modified, inInbox }] of after) {
			const earlier = before.get(id);
			if (earlier?.modified === modified) continue;
			this.allowed.add(`documentAdded:${id}`);
			if (this.lastSeen.has(id)) this.allowed.add(updated(id, modified));
			if (inInbox && !this.start.get(id)?.inInbox) this.allowed.add(`newInboxDocument:${id}`);
			if (!earlier || !isRead(earlier)) this.glimpsed.set(id, modified);
		}
	}
}

export const simulate = async (
	sandbox: Sandbox,
	seed: number,
	profile: Profile,
): Promise<Outcome> => await new Simulation(sandbox, seed).play(seed, profile);
