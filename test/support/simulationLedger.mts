import type { IDataObject } from 'n8n-workflow';
import type { Cursor } from '../../nodes/events/cursor.ts';
import { lookBack } from '../../nodes/events/lookBack.ts';
import { microsecondsOf } from '../../nodes/events/stamps.ts';
import { membersOf } from '../../nodes/events/ties.ts';
import type { Archive, Shown } from './simulatedArchive.mts';

/** Whether a poll has read this document with this stamp or a later one. */
type IsRead = (id: number, shown: Shown) => boolean;

/**
 * According to the state of the trigger. A burst is reported in portions, whose end may separate
 * documents with the same stamp.
 */
export function wasRead(memory: IDataObject): IsRead {
	const { cursor } = memory['state'] as unknown as { cursor: Cursor };
	const settled = microsecondsOf(cursor.settled);
	const lookBackStart = microsecondsOf(cursor.horizon) - lookBack;
	const readUpTo = settled > lookBackStart ? settled : lookBackStart;
	const isTied = membersOf(cursor.ties);
	return (id, { modified }) => {
		const at = microsecondsOf(modified);
		return at <= readUpTo || BigInt(cursor.recent[id] ?? -1) >= at || isTied(id, at);
	};
}

/** What the polls of one history must and may report, and what they have reported. */
export class SimulationLedger {
	/** Whether the trigger asks the search index, which may stay behind the list. */
	private readonly isSearching: boolean;
	private start: Archive = new Map();
	/** The trigger counts every id up to this one as known, and every document that it has seen. */
	private knownUpTo = 0;
	/** By document: the stamp that the last successful poll could see. */
	private lastSeen = new Map<number, string>();
	/** Stamps that a poll may have seen together with a document's addition, and not reported. */
	private glimpsed = new Map<number, string>();
	readonly required = new Set<string>();
	readonly allowed = new Set<string>();
	/** Events that are required if they are still true at the end: the index may have found them late. */
	private readonly owed = new Map<string, { id: number; isInbox: boolean }>();
	readonly emitted: string[] = [];
	private readonly emittedOnce = new Set<string>();
	readonly repeated: string[] = [];
	/** Events that were emitted when n8n crashed, and may be emitted once more. */
	private readonly forgotten = new Set<string>();
	emittedAgain = 0;
	/** The emitted events of added documents. */
	readonly additions: Array<{ event: string; document: number }> = [];
	/** By document: the last stamp that was emitted. */
	private readonly lastEmitted = new Map<number, string>();

	constructor(isSearching: boolean) {
		this.isSearching = isSearching;
	}

	begin(start: Archive, knownUpTo: number): void {
		this.start = start;
		this.knownUpTo = knownUpTo;
		for (const [id, { modified }] of start) this.lastSeen.set(id, modified);
	}

	/** Goes through a poll that returns the number of its events, and whose state n8n forgets. */
	async forget(poll: () => Promise<number>): Promise<void> {
		const [lastSeen, glimpsed] = [new Map(this.lastSeen), new Map(this.glimpsed)];
		const count = await poll();
		for (const event of count > 0 ? this.emitted.slice(-count) : []) this.forgotten.add(event);
		this.lastSeen = lastSeen;
		this.glimpsed = glimpsed;
	}

	/** Takes over what a poll has reported, and returns the events. */
	report(items: IDataObject[]): string[] {
		const reported = items.map(({ event_id }) => String(event_id));
		for (const event of reported) this.note(event);
		for (const { event, event_id, id, modified } of items) {
			if (event === 'documentAdded') {
				this.additions.push({ event: String(event_id), document: Number(id) });
			}
			if (modified !== undefined && event !== 'documentDeleted')
				this.lastEmitted.set(Number(id), String(modified));
		}
		return reported;
	}

	/** Every event once; n8n may repeat those that it has forgotten. */
	note(event: string): void {
		if (this.emittedOnce.has(event)) {
			if (this.forgotten.delete(event)) this.emittedAgain += 1;
			else this.repeated.push(event);
		}
		this.emittedOnce.add(event);
		this.emitted.push(event);
	}

	/** Closes the books when nothing changes any more, and returns the events that never came. */
	lost(last: Archive): string[] {
		this.account(last, last, () => true);
		for (const [event, { id, isInbox }] of this.isSearching ? this.owed : []) {
			if (isInbox ? last.get(id)?.inInbox : last.has(id)) this.required.add(event);
		}
		const stale = [...last]
			.filter(([id, { modified }]) => this.lastEmitted.get(id) !== modified)
			.map(([id, { modified }]) => `last change of ${id} at ${modified}`);
		return [...[...this.required].filter((event) => !this.emittedOnce.has(event)), ...stale];
	}

	/** What was reported and never happened. */
	unfounded(): string[] {
		return [...this.emittedOnce].filter(
			(event) => !this.required.has(event) && !this.allowed.has(event),
		);
	}

	/** An older document that becomes visible is not an addition. */
	private isKnown(id: number): boolean {
		return id <= this.knownUpTo || this.lastSeen.has(id);
	}

	/** Notes what a poll must and may report that started and ended with the archive like this. */
	account(before: Archive, after: Archive, isRead: IsRead): void {
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
