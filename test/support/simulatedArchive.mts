import { microsecondsOf } from '../../nodes/events/stamps.ts';
import type { Random } from './random.mts';
import type { Sandbox } from './sandbox.mts';
import { simulatedTime } from './simulatedTime.mts';
import { documentsAtStart } from './simulationOutcome.mts';

/** The admin sees all documents; the others see their own, unowned and shared ones. Weighted. */
const people = { admin: 5, clerk: 3, reader: 2 } as const;
export type Person = keyof typeof people;
const everybody = Object.keys(people) as Person[];

export type Shown = { modified: string; inInbox: boolean };
/** The list of documents that a person sees, by id. */
export type Archive = ReadonlyMap<number, Shown>;

const rights = [
	...['view', 'add', 'change', 'delete'].map((action) => `${action}_document`),
	...['document', 'tag', 'correspondent', 'documenttype', 'storagepath', 'note', 'customfield'].map(
		(kind) => `view_${kind}`,
	),
	...['view_paperlesstask', 'view_user', 'view_uisettings', 'view_logentry', 'add_note'],
	...['view_savedview', 'add_savedview'],
];

const stampAt = (milliseconds: number) =>
	`${new Date(milliseconds).toISOString().slice(0, -1)}042Z`;

const day = 86_400_000;

/** Milliseconds. A change is visible less than a quarter of an hour after its stamp. */
const latest = 840_000;

/** Every document of a history has this word in its text. */
const word = 'number';

/** The archive of a random history, which several people view and change. */
export class SimulatedArchive {
	inboxTag = 0;
	otherTags: number[] = [];
	/** The documents at the start, by the person who sees them, and the highest id of all. */
	readonly atStart = new Map<Person, number[]>();
	lastAtStart = 0;
	/** The ids in the trash. */
	trash: number[] = [];
	/** Ids of all documents since the start, whatever the permissions. */
	readonly seen = new Set<number>();

	private readonly sandbox: Sandbox;
	private readonly random: Random;
	/** Ids in the trash, and purged ids. */
	private readonly gone = new Set<number>();
	private readonly ids = new Map<Person, number>();
	private startedAt = '1970-01-01T00:00:00Z';
	private isIndexHeld = false;
	private secondsAhead = 0;
	private number = 0;

	constructor(sandbox: Sandbox, random: Random) {
		this.sandbox = sandbox;
		this.random = random;
	}

	async prepare(): Promise<void> {
		const { sandbox, random } = this;
		await sandbox.reset();
		await sandbox.settings({
			consumptionSeconds: 0,
			workers: random.whole(1, 4),
			commitSeconds: random.chance(0.6) ? 0.1 : 0,
			bulkUpdateTies: random.chance(0.6),
		});
		type Users = { results: Array<{ id: number; username: Person }> };
		for (const { id, username } of (await sandbox.api<Users>('GET', 'users/')).results) {
			this.ids.set(username, id);
			if (username === 'admin') continue;
			await sandbox.api('PATCH', `users/${id}/`, { user_permissions: rights });
		}
		await this.fill(Number(documentsAtStart ?? random.whole(0, 12)));
		type Tags = { results: Array<{ id: number; is_inbox_tag: boolean }> };
		const { results } = await sandbox.api<Tags>('GET', 'tags/?page_size=100');
		this.inboxTag = results.find(({ is_inbox_tag }) => is_inbox_tag)?.id ?? 0;
		this.otherTags = results.filter(({ is_inbox_tag }) => !is_inbox_tag).map(({ id }) => id);
	}

	/** Old imports with one stamp each, and some recent documents. */
	private async fill(count: number): Promise<void> {
		const { random, sandbox } = this;
		const recent = Math.min(count, random.whole(0, random.chance(0.1) ? 1500 : 8));
		for (let left = count - recent; left > 0; ) {
			const documents = Math.min(left, random.whole(1, Math.ceil(count / 3)));
			const stamp = stampAt(this.now() - random.whole(1, 2000) * day);
			await sandbox.seed({ documents, stamp, owner: this.somebodyId() });
			left -= documents;
		}
		const stamp = random.chance(0.5) ? { stamp: 'now' } : {};
		await sandbox.seed({ documents: recent, ...stamp, owner: this.somebodyId() });
	}

	/** Starts the history: only later changes count. Returns what this person sees. */
	async start(person: Person): Promise<Archive> {
		const seen = new Map<Person, Archive>();
		for (const each of everybody) {
			seen.set(each, await this.look(each));
			this.atStart.set(each, [...(seen.get(each)?.keys() ?? [])]);
		}
		const all = seen.get('admin') ?? new Map<number, Shown>();
		for (const { modified } of all.values()) {
			if (microsecondsOf(modified) > microsecondsOf(this.startedAt)) this.startedAt = modified;
		}
		this.lastAtStart = Math.max(0, ...all.keys());
		this.seen.clear();
		return seen.get(person) ?? all;
	}

	/** Lets time pass, in which the index catches up. */
	async rest(minutes: number): Promise<void> {
		if (this.isIndexHeld) await this.toggleIndex();
		this.secondsAhead += minutes * 60;
		await this.sandbox.settings({ secondsAhead: this.secondsAhead });
	}

	/** The search index stays behind from now on, or it catches up. Returns a log line. */
	async toggleIndex(): Promise<string> {
		this.isIndexHeld = !this.isIndexHeld;
		await this.sandbox.holdIndex(this.isIndexHeld);
		return this.isIndexHeld ? 'the index stays behind' : 'the index catches up';
	}

	/** The id of a view with a full-text search that finds every document. */
	async searchingView(person: Person): Promise<number> {
		for (const id of (await this.look('admin')).keys()) {
			await this.sandbox.api('PATCH', `documents/${id}/`, { content: `A ${word} of words` });
		}
		const view = {
			name: 'All',
			show_on_dashboard: false,
			show_in_sidebar: false,
			filter_rules: [{ rule_type: 20, value: word }],
		};
		type View = { id: number };
		const token = this.tokenOf(person);
		return (await this.sandbox.api<View>('POST', 'saved_views/', view, token)).id;
	}

	/** So many milliseconds ago something may have been stamped that appears now. */
	private lateness(): number {
		const sinceStart = this.now() - Number(microsecondsOf(this.startedAt) / 1000n);
		const most = this.random.chance(0.5) ? 5000 : latest;
		return this.random.whole(0, Math.max(0, Math.min(most, sinceStart - 100)));
	}

	/**
	 * Does this with those of the documents that have not changed meanwhile, as if it had waited for a
	 * lock since its stamp. Returns a log line.
	 */
	async afterLock(
		documents: readonly number[],
		work: (documents: readonly number[]) => Promise<void>,
	): Promise<string> {
		const lateness = this.lateness();
		const stamp = microsecondsOf(stampAt(this.now() - lateness));
		const recent = await this.look('admin');
		const unchanged = documents.filter((id) => {
			const { modified } = recent.get(id) ?? {};
			return modified === undefined || microsecondsOf(modified) < stamp;
		});
		await this.sandbox.settings({ lockSeconds: lateness / 1000 });
		await work(unchanged);
		await this.sandbox.settings({ lockSeconds: 0 });
		return `${unchanged.join()} changed ${lateness} ms ago`;
	}

	/** The server's clock. */
	private now(): number {
		return simulatedTime.now() + this.secondsAhead * 1000;
	}

	/** The documents that changed since the start, as this person sees them. */
	async look(person: Person): Promise<Archive> {
		const since = `modified__gt=${encodeURIComponent(this.startedAt)}`;
		const path = `documents/?page_size=100000&fields=id,modified,tags&${since}`;
		type Rows = { results: Array<{ id: number; modified: string; tags: number[] }> };
		const { results } = await this.sandbox.api<Rows>('GET', path, undefined, this.tokenOf(person));
		if (person === 'admin') for (const { id } of results) this.seen.add(id);
		return new Map(
			results.map(({ id, modified, tags }) => [
				id,
				{ modified, inInbox: tags.includes(this.inboxTag) },
			]),
		);
	}

	private tokenOf(person: Person): string {
		return this.sandbox.tokens[person];
	}

	/** The highest id that this person sees of the documents that are older than so many minutes. */
	async lastOlderThan(minutes: number, person: Person): Promise<number> {
		const before = encodeURIComponent(stampAt(this.now() - minutes * 60_000));
		const path = `documents/?page_size=1&fields=id&ordering=-id&added__lt=${before}`;
		type Rows = { results: Array<{ id: number }> };
		const { results } = await this.sandbox.api<Rows>('GET', path, undefined, this.tokenOf(person));
		return results[0]?.id ?? 0;
	}

	/** The events of the documents in the trash, as far as this person may view it. */
	async deletions(person: Person): Promise<string[]> {
		type Rows = { results: Array<{ id: number; deleted_at: string }> };
		const path = 'trash/?page_size=100000';
		const { results } = await this.sandbox.api<Rows>('GET', path, undefined, this.tokenOf(person));
		return results.map(
			({ id, deleted_at }) => `documentDeleted:${id}:${microsecondsOf(deleted_at)}`,
		);
	}

	somebody(): Person {
		return this.random.weighted(people);
	}

	somebodyId(): number | null {
		return this.random.chance(0.2) ? null : (this.ids.get(this.somebody()) ?? null);
	}

	/** Ids of documents that this person sees, among the recently changed ones or among all. */
	async someIds(person: Person, least: number, most: number): Promise<number[]> {
		const recent = [...(await this.look(person)).keys()];
		const pool =
			recent.length > least && this.random.chance(0.5)
				? recent
				: [...new Set([...(this.atStart.get(person) ?? []), ...recent])];
		const ids = pool.filter((id) => !this.gone.has(id)).sort((a, b) => a - b);
		return this.random.some(ids, this.random.whole(least, most));
	}

	/** Ids of documents from the start that this person does not see. */
	hiddenFrom(person: Person): number[] {
		const visible = new Set(this.atStart.get(person));
		const all = this.atStart.get('admin') ?? [];
		return all.filter((id) => !visible.has(id) && !this.gone.has(id));
	}

	/** Sends a request, and returns whether this person may make it. */
	async attempt(person: Person, method: string, path: string, body?: unknown): Promise<boolean> {
		return await this.sandbox.api(method, path, body, this.tokenOf(person)).then(
			() => true,
			(error: unknown) => {
				if (/: 40[34] /.test(String(error))) return false;
				throw error;
			},
		);
	}

	/** Adds documents without a task, on time or late, some with the same stamp. Returns a log line. */
	async appear(count: number): Promise<string> {
		const { random } = this;
		const owner = this.somebodyId();
		const stamp = random.chance(0.6) ? stampAt(this.now() - this.lateness()) : 'now';
		const together = random.chance(0.5) ? random.whole(1, count) : 0;
		const single = random.whole(0, count - together);
		for (const amounts of [
			{ documents: single },
			{ documents: together, stamp },
			{ documents: count - single - together },
		]) {
			if (amounts.documents > 0) await this.sandbox.seed({ ...amounts, owner });
		}
		return `${count} documents appear, ${together} of them at ${stamp} (owner ${String(owner)})`;
	}

	/** Changes owners or permissions of documents. */
	async share(documents: readonly number[], person: Person): Promise<void> {
		const { random } = this;
		const users = [...this.ids].filter(([name]) => name !== 'admin').map(([, id]) => id);
		for (const id of documents) {
			const granted = random.some(users, random.whole(0, 2));
			const nobody = { users: [], groups: [] };
			const permissions = { view: { users: granted, groups: [] }, change: nobody };
			const body = random.chance(0.5)
				? { owner: this.somebodyId() }
				: { set_permissions: permissions };
			await this.attempt(person, 'PATCH', `documents/${id}/`, body);
		}
	}

	async delete(documents: readonly number[], person: Person): Promise<void> {
		for (const id of documents) {
			if (!(await this.attempt(person, 'DELETE', `documents/${id}/`))) continue;
			this.trash.push(id);
			this.gone.add(id);
		}
	}

	async empty(documents: readonly number[], action: 'restore' | 'empty', person: Person) {
		if (!(await this.attempt(person, 'POST', 'trash/', { action, documents }))) return;
		this.trash = this.trash.filter((id) => !documents.includes(id));
		if (action === 'restore') for (const id of documents) this.gone.delete(id);
	}

	/** Returns the id of its task. */
	private async send(text: string, name: string, type: string, person: Person): Promise<string> {
		const body = new FormData();
		body.append('document', new Blob([text], { type }), name);
		const headers = { Authorization: `Token ${this.tokenOf(person)}` };
		const address = `${this.sandbox.url}/api/documents/post_document/`;
		const reply = await fetch(address, { method: 'POST', headers, body });
		if (!reply.ok) throw new Error(`upload: ${reply.status} ${await reply.text()}`);
		return (await reply.json()) as string;
	}

	/** Sends a file that cannot be consumed. Returns its failed task, and who can see the task. */
	async sendBroken(person: Person): Promise<{ task: string; visibleTo: Person[] }> {
		this.number += 1;
		const text = `%PDF-1.4 broken ${this.number}`;
		const task = await this.send(text, 'broken.pdf', 'application/pdf', person);
		const hasFailed = async (reader: Person) => {
			const path = `tasks/?task_id=${task}`;
			const rows = await this.sandbox.api('GET', path, undefined, this.tokenOf(reader));
			return /"status":"failure"/i.test(JSON.stringify(rows));
		};
		while (!(await hasFailed('admin'))) await simulatedTime.pause(20);
		const visibleTo: Person[] = [];
		for (const reader of everybody) if (await hasFailed(reader)) visibleTo.push(reader);
		return { task, visibleTo };
	}

	/** Sends files at once, and returns when they have become documents. */
	async upload(count: number, person: Person): Promise<void> {
		const wanted = (await this.look('admin')).size + count;
		const texts = Array.from({ length: count }, () => `Paper ${word} ${(this.number += 1)}`);
		await Promise.all(
			texts.map(async (text) => await this.send(text, 'paper.txt', 'text/plain', person)),
		);
		while ((await this.look('admin')).size < wanted) await simulatedTime.pause(20);
	}
}
