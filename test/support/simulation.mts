import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId } from './paperless.mts';
import { PollingTrigger } from './pollingTrigger.mts';
import { Random } from './random.mts';
import type { Fault, Profile, Sandbox } from './sandbox.mts';
import type { Archive, Person } from './simulatedArchive.mts';
import { SimulatedArchive } from './simulatedArchive.mts';
import { simulatedTime } from './simulatedTime.mts';
import { SimulatedWebhooks } from './simulatedWebhooks.mts';
import { SimulationLedger, wasRead } from './simulationLedger.mts';
import {
	duringPolls,
	events,
	faults,
	faultyPaths,
	searchable,
	weights,
} from './simulationOdds.mts';
import type { Outcome, WebhookOutcome } from './simulationOutcome.mts';
import { steps } from './simulationOutcome.mts';

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

	private readonly ledger: SimulationLedger;
	private trashAtStart = new Set<string>();

	constructor(sandbox: Sandbox, seed: number) {
		this.sandbox = sandbox;
		this.random = new Random(seed);
		this.archive = new SimulatedArchive(sandbox, this.random);
		this.watcher = this.random.chance(0.3) ? 'clerk' : 'admin';
		this.isDescribed = this.random.chance(0.6);
		this.isSearching = this.random.chance(0.4);
		this.ledger = new SimulationLedger(this.isSearching);
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
		for (const event of this.isSearching ? [] : await this.deletions())
			this.ledger.required.add(event);
		await this.poll();
		const { ledger } = this;
		const lost = ledger.lost(await this.look());
		return {
			seed,
			profile,
			expected: ledger.required.size,
			emitted: ledger.emitted.length,
			failedPolls: this.failedPolls,
			lost,
			emittedAgain: ledger.emittedAgain,
			repeated: ledger.repeated,
			unfounded: ledger.unfounded(),
			webhooks: await this.webhookOutcome(),
			history: this.history,
		};
	}

	/** Stops the webhook trigger, and compares the additions that both emitted with the real ones. */
	private async webhookOutcome(): Promise<WebhookOutcome> {
		const { archive, webhooks } = this;
		const { additions, required } = this.ledger;
		await webhooks.settle();
		await webhooks.close();
		const { emitted } = webhooks.added;
		const all = [...additions, ...emitted];
		const events = new Set(all.map(({ event }) => event));
		const isAddition = (event: string) => event.startsWith('documentAdded:');
		const expected = [...required].filter(isAddition);
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
		for (const { event_id } of await this.trigger.poll()) this.ledger.note(String(event_id));
		const start = await archive.start(this.watcher);
		this.trashAtStart = new Set(await archive.deletions(this.watcher));
		const knownUpTo = await archive.lastOlderThan(15, this.watcher);
		this.ledger.begin(start, knownUpTo);
		this.webhooks = await SimulatedWebhooks.start(this.sandbox, this.random);
		const sees = this.isSearching ? 'searches in' : 'sees';
		const visible = `${this.watcher} ${sees} ${start.size} up to ${knownUpTo}`;
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
		await this.ledger.forget(async () => await this.poll());
		this.trigger = this.triggerFrom(saved);
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
				if (visibleTo.includes(this.watcher)) this.ledger.required.add(`consumptionFailed:${task}`);
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
		for (const event of await this.deletions()) this.ledger.allowed.add(event);
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
		this.ledger.account(before, after, wasRead(memory));
		const reported = this.ledger.report(items);
		const summary = reported.length > 20 ? `${reported.length} events` : reported.join(' ');
		this.log(`poll: ${summary || 'nothing'}`);
		return reported.length;
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
}

export const simulate = async (
	sandbox: Sandbox,
	seed: number,
	profile: Profile,
): Promise<Outcome> => await new Simulation(sandbox, seed).play(seed, profile);
