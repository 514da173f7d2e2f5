import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Cursor } from '../../nodes/events/cursor.ts';
import { lookBack } from '../../nodes/events/cursor.ts';
import { microsecondsOf } from '../../nodes/events/stamps.ts';
import { byId } from './paperless.mts';
import { PollingTrigger } from './pollingTrigger.mts';
import { Random } from './random.mts';
import type { Fault, Profile, Sandbox } from './sandbox.mts';
import type { Archive, Person, Shown } from './simulatedArchive.mts';
import { SimulatedArchive } from './simulatedArchive.mts';
import { simulatedTime } from './simulatedTime.mts';
import { SimulatedWebhooks } from './simulatedWebhooks.mts';
import type { Outcome, WebhookOutcome } from './simulationOutcome.mts';
import { steps } from './simulationOutcome.mts';

const events = [
	'consumptionFailed',
	'documentAdded',
	'documentDeleted',
	'documentUpdated',
	'newInboxDocument',
];

/** The server does not search the trash. */
const searchable = events.filter((event) => event !== 'documentDeleted');

const quick = { 'retry-after': '0' };

/** Some are overcome by one or more repetitions; the others end the poll. */
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

/** Requests at the start of a poll, or for the names that items need once the changes are read. */
const faultyPaths = [
	'/documents/',
	'/tags/',
	'/(tags|correspondents|custom_fields)/',
	'/(trash|tasks)/',
];

const weights = {
	poll: 24,
	pollDuringChanges: 10,
	overlappingPolls: 4,
	stuckPoll: 2,
	failingPoll: 10,
	restart: 5,
	crash: 4,
	webhookMishap: 9,
	indexChange: 7,
	longPause: 5,
	upload: 9,
	uploadBurst: 2,
	brokenFile: 3,
	seed: 8,
	patch: 10,
	latePatch: 6,
	note: 3,
	bulkTags: 7,
	intoInbox: 5,
	outOfInbox: 5,
	delete: 5,
	restore: 5,
	purge: 1,
	share: 7,
} as const;

/** Changes that may happen during a poll. */
const duringPolls = { upload: 2, seed: 4, patch: 6, bulkTags: 4, intoInbox: 3, outOfInbox: 2 };

/** Whether a poll has read this document with this stamp or a later one. */
type IsRead = (id: number, shown: Shown) => boolean;

/**
 * According to the state of the trigger. A burst is reported in portions, whose end may separate
 * documents with the same stamp.
 */
function wasRead(memory: IDataObject): IsRead {
	const { cursor } = memory['state'] as unknown as { cursor: Cursor };
	const settled = microsecondsOf(cursor.settled);
	const lookBackStart = microsecondsOf(cursor.horizon) - lookBack;
	const readUpTo = settled > lookBackStart ? settled : lookBackStart;
	return (id, { modified }) => {
		const at = microsecondsOf(modified);
		return at <= readUpTo || BigInt(cursor.recent[id] ?? -1) >= at;
	};
}

/** A random history of an archive, played against a sandbox and watched by both triggers. */
class Simulation {
	private readonly sandbox: Sandbox;
	private readonly random: Random;
	private readonly archive: SimulatedArchive;
	/** The polling trigger has the token of this person; the webhook trigger has the admin's. */
	private readonly watcher: Person;
	/** Whether the trigger asks the search index, which may stay behind the list. */
	private readonly isSearching: boolean;
	/** Describing an update costs one request. */
	private readonly isDescribed: boolean;
	private readonly history: string[] = [];
	private filters: INodeParameters = {};
	private trigger!: PollingTrigger;
	private webhooks!: SimulatedWebhooks;
	private number = 0;
	private hasBurst = false;
	private failedPolls = 0;
	private consumed = 0;

	private start: Archive = new Map();
	/** The trigger counts every id up to this one as known, and every document that it has seen. */
	private knownUpTo = 0;
	private trashAtStart = new Set<string>();
	/** By document: the stamp that the last successful poll could see. */
	private lastSeen = new Map<number, string>();
	/** Stamps that a poll may have seen together with a document's addition, and not reported. */
	private glimpsed = new Map<number, string>();
	private readonly required = new Set<string>();
	/** Events that are required if they are still true at the end: the index may have found them late. */
	private readonly owed = new Map<string, { id: number; isInbox: boolean }>();
	private readonly allowed = new Set<string>();
	private readonly emitted: string[] = [];
	private readonly emittedOnce = new Set<string>();
	private readonly repeated: string[] = [];
	/** Events that were emitted when n8n crashed, and may be emitted once more. */
	private readonly forgotten = new Set<string>();
	private emittedAgain = 0;
	/** The emitted events of added documents. */
	private readonly additions: Array<{ event: string; document: number }> = [];
	/** By document: the last stamp that was emitted. */
	private readonly lastEmitted = new Map<number, string>();

	constructor(sandbox: Sandbox, seed: number) {
		this.sandbox = sandbox;
		this.random = new Random(seed);
		this.archive = new SimulatedArchive(sandbox, this.random);
		this.watcher = this.random.chance(0.3) ? 'clerk' : 'admin';
		this.isDescribed = this.random.chance(0.6);
		this.isSearching = this.random.chance(0.4);
	}

	async play(seed: number, profile: Profile): Promise<Outcome> {
		await this.prepare();
		for (let step = 1; step <= steps; step += 1) await this.run(this.random.weighted(weights));
		await this.archive.rest(0);
		// A trigger that repeats events forever must not keep the test running.
		for (let polls = 0, quiet = 0; quiet < 2 && polls < 50; polls += 1) {
			quiet = (await this.poll()) === 0 ? quiet + 1 : 0;
		}
		// As many documents may have left the trash as entered it, which is found within an hour.
		await this.passTime(61);
		for (const event of this.isSearching ? [] : await this.deletions()) this.required.add(event);
		await this.poll();
		const last = await this.look();
		this.account(last, last, () => true);
		for (const [event, { id, isInbox }] of this.isSearching ? this.owed : []) {
			if (isInbox ? last.get(id)?.inInbox : last.has(id)) this.required.add(event);
		}
		const stale = [...last]
			.filter(([id, { modified }]) => this.lastEmitted.get(id) !== modified)
			.map(([id, { modified }]) => `last change of ${id} at ${modified}`);
		const { emittedOnce } = this;
		return {
			seed,
			profile,
			expected: this.required.size,
			emitted: this.emitted.length,
			failedPolls: this.failedPolls,
			lost: [...[...this.required].filter((event) => !emittedOnce.has(event)), ...stale],
			emittedAgain: this.emittedAgain,
			repeated: this.repeated,
			unfounded: [...emittedOnce].filter(
				(event) => !this.required.has(event) && !this.allowed.has(event),
			),
			webhooks: await this.webhookOutcome(),
			history: this.history,
		};
	}

	/** Stops the webhook trigger, and compares the additions that both emitted with the real ones. */
	private async webhookOutcome(): Promise<WebhookOutcome> {
		const { archive, webhooks, additions } = this;
		await webhooks.settle();
		await webhooks.close();
		const { emitted } = webhooks.added;
		const all = [...additions, ...emitted];
		const events = new Set(all.map(({ event }) => event));
		const isAddition = (event: string) => event.startsWith('documentAdded:');
		const expected = [...this.required].filter(isAddition);
		return {
			expected: expected.length,
			consumed: this.consumed,
			arrived: webhooks.arrived,
			failed: webhooks.failed,
			emittedByBoth: all.length,
			joined: events.size,
			lost: [...expected.filter((event) => !events.has(event)), ...webhooks.lost],
			// A document with two event ids would pass Remove Duplicates twice.
			repeated: [
				...webhooks.repeated,
				...(events.size > new Set(all.map(({ document }) => document)).size ? [...events] : []),
			],
			unfounded: emitted
				.filter(({ document }) => document <= archive.lastAtStart || !archive.seen.has(document))
				.map(({ event }) => event),
		};
	}

	private async prepare(): Promise<void> {
		const { archive } = this;
		await archive.prepare();
		if (this.isSearching) {
			this.filters = { savedView: byId(await archive.searchingView(this.watcher)) };
		}
		this.trigger = this.triggerFrom({});
		for (const { event_id } of await this.trigger.poll()) this.note(String(event_id));
		this.start = await archive.start(this.watcher);
		this.trashAtStart = new Set(await archive.deletions(this.watcher));
		this.knownUpTo = await archive.lastOlderThan(15, this.watcher);
		for (const [id, { modified }] of this.start) this.lastSeen.set(id, modified);
		this.webhooks = await SimulatedWebhooks.start(this.sandbox, this.random);
		const sees = this.isSearching ? 'searches in' : 'sees';
		const visible = `${this.watcher} ${sees} ${this.start.size} up to ${this.knownUpTo}`;
		this.log(`starts with documents up to ${archive.lastAtStart}; ${visible}`);
	}

	private log(line: string): void {
		this.history.push(`${String(this.history.length).padStart(3)} ${line}`);
	}

	private triggerFrom(memory: IDataObject): PollingTrigger {
		const { url, tokens } = this.sandbox;
		const credentials = { baseUrl: url, apiToken: tokens[this.watcher] };
		return new PollingTrigger(
			credentials,
			{
				events: this.isSearching ? searchable : events,
				filters: this.filters,
				changes: { include: this.isDescribed },
			},
			memory,
		);
	}

	/** The changes since the start that the trigger's user can see, without the trigger. */
	private async look(): Promise<Archive> {
		return await this.archive.look(this.watcher);
	}

	/** The events of documents in the trash that were deleted since the start. */
	private async deletions(): Promise<string[]> {
		const all = await this.archive.deletions(this.watcher);
		return all.filter((event) => !this.trashAtStart.has(event));
	}

	private async run(step: keyof typeof weights): Promise<void> {
		switch (step) {
			case 'poll':
				// Changes that are left when the time is up are reported by the next poll.
				if (this.random.chance(0.3)) this.trigger.budget = this.random.whole(1, 40);
				await this.poll();
				this.trigger.budget = undefined;
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
				this.log(`n8n restarts${(await this.webhooks.restart()) ? ' after a crash' : ''}`);
				break;
			case 'webhookMishap':
				this.log(`webhooks from now on: ${await this.webhooks.disturb()}`);
				break;
			case 'overlappingPolls':
				await this.overlappingPolls();
				break;
			case 'stuckPoll':
				await this.stuckPoll();
				break;
			case 'indexChange':
				if (this.isSearching) this.log(await this.archive.toggleIndex());
				break;
			case 'longPause':
				await this.passTime(this.random.whole(1, 600));
				break;
			default:
				await this.change(step);
		}
	}

	/** n8n crashes after it started the workflow and before it saved the state of the poll. */
	private async crash(): Promise<void> {
		const saved = this.trigger.memory;
		const [lastSeen, glimpsed] = [new Map(this.lastSeen), new Map(this.glimpsed)];
		const count = await this.poll();
		for (const event of count > 0 ? this.emitted.slice(-count) : []) this.forgotten.add(event);
		this.trigger = this.triggerFrom(saved);
		Object.assign(this, { lastSeen, glimpsed });
		this.log('n8n crashes and restarts from before that poll');
	}

	/** Lets minutes pass for the trigger and the archive. */
	private async passTime(minutes: number): Promise<void> {
		this.trigger.passTime(minutes);
		await this.archive.rest(minutes);
		this.log(`${minutes} minutes pass`);
	}

	private async change(kind: Exclude<keyof typeof weights, 'poll'>): Promise<void> {
		const { archive, random } = this;
		const hidden = kind === 'share' ? archive.hiddenFrom(this.watcher) : [];
		const isReveal = hidden.length > 0 && random.chance(0.6);
		const person = isReveal ? 'admin' : archive.somebody();
		switch (kind) {
			case 'upload':
				return await this.upload(1, person);
			case 'uploadBurst':
				return await this.upload(random.whole(3, random.chance(0.2) ? 40 : 8), person);
			case 'brokenFile': {
				const { task, visibleTo } = await archive.sendBroken(person);
				this.log(`${person} sent a broken file (${task})`);
				if (visibleTo.includes(this.watcher)) this.required.add(`consumptionFailed:${task}`);
				return;
			}
			case 'seed':
				this.log(await archive.appear(this.burst(0.08, 1200) ?? random.whole(1, 6)));
				return;
			case 'restore':
			case 'purge': {
				const documents = random.some(archive.trash, random.whole(1, 3));
				// The index finds a restored document only after its next change.
				if (documents.length === 0 || (kind === 'restore' && this.isSearching)) return;
				this.log(`${person}: ${kind} ${documents.join()}`);
				return await archive.empty(documents, kind === 'purge' ? 'empty' : 'restore', person);
			}
		}
		// More than a page, or more than a portion where each document costs a request.
		const burst = kind === 'bulkTags' ? this.burst(0.06, this.isDescribed ? 300 : 1200) : undefined;
		const most = kind === 'bulkTags' ? 12 : 3;
		const documents = isReveal
			? random.some(hidden, random.whole(1, most))
			: await archive.someIds(person, burst ?? 1, burst ?? most);
		this.log(
			`${person}: ${kind} ${burst === undefined ? documents.join() : `${documents.length} documents`}`,
		);
		switch (kind) {
			case 'bulkTags': {
				const tags = random.some([archive.inboxTag, ...archive.otherTags], 2);
				const parameters = { add_tags: tags.slice(0, 1), remove_tags: tags.slice(1) };
				const edit = { documents, method: 'modify_tags', parameters };
				await archive.attempt(person, 'POST', 'documents/bulk_edit/', edit);
				return;
			}
			case 'share':
				return await archive.share(documents, person);
			case 'latePatch':
				this.log(
					await archive.afterLock(
						documents,
						async (some) => await this.edit('patch', some, person),
					),
				);
				return;
			case 'delete':
				// A delivery about a document that is gone would wait for half a minute.
				await this.webhooks.settle();
				return await archive.delete(documents, person);
		}
		await this.edit(kind, documents, person);
	}

	private async edit(
		kind: keyof typeof weights,
		documents: readonly number[],
		person: Person,
	): Promise<void> {
		for (const id of documents) {
			const at = `documents/${id}/`;
			this.number += 1;
			const send = async (method: string, path: string, body: object) =>
				await this.archive.attempt(person, method, path, body);
			if (kind === 'patch') await send('PATCH', at, { title: `Title ${this.number}` });
			if (kind === 'intoInbox') await send('PATCH', at, { tags: [this.archive.inboxTag] });
			if (kind === 'outOfInbox') await send('PATCH', at, { tags: [] });
			if (kind === 'note') await send('POST', `${at}notes/`, { note: `${this.number}` });
		}
	}

	/** At most once per history: a burst of this many. */
	private burst(chance: number, count: number): number | undefined {
		if (this.hasBurst || !this.random.chance(chance)) return undefined;
		this.hasBurst = true;
		return count;
	}

	private async upload(count: number, person: Person): Promise<void> {
		this.log(`${person} sends ${count} files`);
		this.consumed += count;
		await this.archive.upload(count, person);
	}

	/** Returns the number of events that it reported. */
	private async poll(during?: keyof typeof duringPolls): Promise<number> {
		await this.webhooks.settle();
		const before = await this.look();
		for (const event of await this.deletions()) this.allowed.add(event);
		const saved = this.trigger.memory;
		const [items] = await Promise.all([
			this.trigger.poll().catch((error: unknown) => String(error)),
			during && this.change(during),
		]);
		const after = during ? await this.look() : before;
		const { memory } = this.trigger;
		if (typeof items === 'string' || memory['failure'] !== undefined) {
			// With durable cursors n8n drops the state of a poll that threw; without them it keeps it.
			const dropped = typeof items === 'string' && this.random.chance(0.5);
			if (dropped) this.trigger = this.triggerFrom(saved);
			this.failedPolls += 1;
			this.log(`poll fails${dropped ? ', its state is dropped' : ''}: ${String(items)}`);
			return 0;
		}
		this.account(before, after, wasRead(memory));
		const reported = items.map(({ event_id }) => String(event_id));
		for (const event of reported) this.note(event);
		for (const { event, event_id, id, modified } of items) {
			if (event === 'documentAdded') {
				this.additions.push({ event: String(event_id), document: Number(id) });
			}
			if (modified !== undefined && event !== 'documentDeleted')
				this.lastEmitted.set(Number(id), String(modified));
		}
		const summary = reported.length > 20 ? `${reported.length} events` : reported.join(' ');
		this.log(`poll: ${summary || 'nothing'}`);
		return reported.length;
	}

	private note(event: string): void {
		if (this.emittedOnce.has(event)) {
			if (this.forgotten.delete(event)) this.emittedAgain += 1;
			else this.repeated.push(event);
		}
		this.emittedOnce.add(event);
		this.emitted.push(event);
	}

	/** Polls while the server misbehaves, as `course` lets the poll run. */
	private async pollUnder(
		fault: Omit<Fault, 'path'>,
		path: string,
		course: (poll: () => Promise<IDataObject[]>) => Promise<IDataObject[]>,
		during?: keyof typeof duringPolls,
	): Promise<void> {
		const { trigger, sandbox } = this;
		const poll = trigger.poll.bind(trigger);
		trigger.poll = async () => {
			await sandbox.misbehave({ ...fault, path } as Fault);
			return await course(poll).finally(async () => await sandbox.behave());
		};
		this.log(`the server is about to fail at ${path}: ${JSON.stringify(fault)}`);
		await this.poll(during);
		trigger.poll = poll;
	}

	/** The server is slow, so n8n starts a poll while the one before is under way. */
	private async overlappingPolls(): Promise<void> {
		await this.pollUnder(
			{ kind: 'latency', ms: 30, times: 2 },
			'/documents/',
			async (poll) => (await Promise.all([poll(), poll()])).flat(),
			this.random.weighted(duringPolls),
		);
	}

	/** A request is answered only after n8n has given up the poll. */
	private async stuckPoll(): Promise<void> {
		await this.change(this.random.weighted(duringPolls));
		await this.pollUnder({ kind: 'hold' }, this.random.one(faultyPaths) ?? '', async (poll) => {
			const [items] = await Promise.all([poll(), simulatedTime.pause(330_000)]);
			return items;
		});
	}

	private async failingPoll(): Promise<void> {
		const fault = this.random.one(faults);
		const path = this.random.one(faultyPaths);
		if (fault === undefined || path === undefined) return;
		// A poll that finds nothing makes only one request.
		if (this.random.chance(0.8)) await this.change(this.random.weighted(duringPolls));
		await this.pollUnder(fault, path, async (poll) => await poll());
	}

	/** An older document that becomes visible is not an addition. */
	private isKnown(id: number): boolean {
		return id <= this.knownUpTo || this.lastSeen.has(id);
	}

	/** Notes what a poll must and may report that started and ended with the archive like this. */
	private account(before: Archive, after: Archive, isRead: IsRead): void {
		const note = (event: string, isCertain: boolean) =>
			(isCertain && !this.isSearching ? this.required : this.allowed).add(event);
		const updated = (id: number, modified: string) =>
			`documentUpdated:${id}:${microsecondsOf(modified)}`;
		for (const [id, shown] of before) {
			if (!isRead(id, shown)) continue;
			const { modified, inInbox } = shown;
			const then = after.get(id);
			const known = this.lastSeen.get(id);
			if (!this.isKnown(id)) {
				note(`documentAdded:${id}`, true);
				this.owed.set(`documentAdded:${id}`, { id, isInbox: false });
				if (this.glimpsed.has(id)) this.allowed.add(updated(id, modified));
				if (then) this.glimpsed.set(id, then.modified);
			} else if (known !== modified) {
				const isCertain = then?.modified === modified && this.glimpsed.get(id) !== modified;
				note(updated(id, modified), isCertain);
			}
			if (inInbox && !this.start.get(id)?.inInbox) {
				note(`newInboxDocument:${id}`, then?.inInbox === true);
				this.owed.set(`newInboxDocument:${id}`, { id, isInbox: true });
			}
			this.lastSeen.set(id, modified);
		}
		for (const [id, { modified, inInbox }] of after) {
			const earlier = before.get(id);
			if (earlier?.modified === modified) continue;
			this.allowed.add(`documentAdded:${id}`);
			if (this.isKnown(id)) this.allowed.add(updated(id, modified));
			if (inInbox && !this.start.get(id)?.inInbox) this.allowed.add(`newInboxDocument:${id}`);
			if (!earlier || !isRead(id, earlier)) this.glimpsed.set(id, modified);
		}
	}
}

export const simulate = async (
	sandbox: Sandbox,
	seed: number,
	profile: Profile,
): Promise<Outcome> => await new Simulation(sandbox, seed).play(seed, profile);
