import { createHash } from 'node:crypto';
import { abridge } from '../api/abridge';
import { asError, isPaperlessError, PaperlessError } from '../api/errors';
import type { Failure } from '../events/throttleFailure';
import { throttleFailure } from '../events/throttleFailure';
import type { StoredState, TriggerState } from '../events/triggerState';
import { parseState } from '../events/triggerState';
import type { Output } from '../toolkit/operation';
import type { PollHost } from '../toolkit/runPoll';
import { pollDocuments, sampleDocuments, startDocuments } from './changes/pollDocuments';
import type { TriggerParameters, TriggerValues } from './triggerParameters';
import { watchers } from './watchers';

type Host = PollHost<TriggerParameters>;

const scopeParameters = ['events', 'filters'] as const satisfies ReadonlyArray<keyof TriggerValues>;

const hasExpression = (raw: unknown): boolean => JSON.stringify(raw).includes('"=');

/**
 * Identifies what the state belongs to: another server, other events or other filters reset the
 * trigger. An expression counts as it is written, since its value may differ at each poll.
 */
function scopeOf({ context: { api }, values, rawParameter }: Host): string {
	const parts = scopeParameters.map((name) => {
		const raw = rawParameter(name);
		return [name, hasExpression(raw) ? raw : values[name]];
	});
	const all = { server: api.baseUrl, ...Object.fromEntries(parts) };
	return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}

const chosenWatchers = ({ events }: TriggerValues) =>
	watchers.filter(({ event }) => events.includes(event));

async function startState(
	{ context, values }: Host,
	scope: string,
	emitExisting: boolean,
): Promise<TriggerState> {
	const watched: Record<string, unknown> = {};
	for (const { event, start } of chosenWatchers(values)) {
		watched[event] = await start(context, values);
	}
	return {
		version: 1,
		scope,
		...(await startDocuments(context, values, emitExisting)),
		watched,
	};
}

/** The items of everything that happened since `before`, and the state after it. */
async function collect(
	{ context, values, deadline, warn }: Host,
	before: TriggerState,
): Promise<{ state: TriggerState; items: Output[] }> {
	const { cursor } = before;
	const documents = cursor
		? await pollDocuments(context, values, { ...before, cursor }, deadline)
		: { state: {}, items: [], surplus: 0 };
	if (documents.surplus > 0) {
		warn(
			`More documents have changed than the search index of Paperless-ngx found so far, and this trigger no longer asks about ${documents.surplus} of them. Use filters without a full-text search if every document counts.`,
		);
	}
	const watched: Record<string, unknown> = {};
	const items = [...documents.items];
	for (const { event, check } of chosenWatchers(values)) {
		const found = await check(context, values, before.watched?.[event]);
		watched[event] = found.state;
		for (const item of found.items) items.push(item);
	}
	return { state: { ...before, ...documents.state, watched }, items };
}

async function sample({ context, values }: Host): Promise<Output[]> {
	const items: Output[] = [];
	for (const event of values.events) {
		const watcher = watchers.find((candidate) => candidate.event === event);
		items.push(
			...(watcher
				? await watcher.sample(context, values)
				: await sampleDocuments(context, values, event)),
		);
	}
	if (items.length > 0) return items;
	throw new PaperlessError('unresolved', 'There is nothing to show as an example', {
		description: 'Upload a document that matches the filters, or relax the filters.',
	});
}

/** The saved state; unreadable as well if a chosen watcher does not accept its part. */
function savedState({ values, recall }: Host, scope: string): StoredState {
	const stored = parseState(recall('state'), scope);
	if (stored.kind !== 'valid') return stored;
	const { watched = {} } = stored.state;
	return chosenWatchers(values).every(({ event, accepts }) => accepts(watched[event]))
		? stored
		: { kind: 'unreadable' };
}

const repeatsLastBatch = ({ values }: Host) => values.options.afterRestart === 'repeatLastBatch';

/**
 * The state to resume from. n8n saves the state and starts the execution side by side, so after a
 * restart nobody knows whether both happened. To lose nothing, the trigger resumes where the last
 * poll with items started.
 */
function resumeState(host: Host, state: TriggerState): TriggerState {
	if (!repeatsLastBatch(host) || host.startedBy !== 'restart') return state;
	const before = parseState(host.recall('before'), state.scope);
	return before.kind === 'valid' ? before.state : state;
}

/** Names were resolved at activation, so a name that is unresolved now was renamed or deleted since. */
const afterActivation = (thrown: unknown): unknown =>
	isPaperlessError(thrown, 'unresolved')
		? thrown.adding(
				'This changed in Paperless-ngx after the workflow was published. Fix it in Paperless-ngx and no event is missed; changing the filters here resets the trigger.',
			)
		: thrown;

/**
 * n8n gives up a trigger whose first poll after a restart fails late, and starts it never again
 * (docs/n8n.md#time-of-an-activation). The next poll has more time, and tells what goes wrong.
 */
const isCutShort = ({ startedBy, isTimeUp }: Host): boolean =>
	startedBy === 'restart' && isTimeUp();

/** Starts over; `isFirst` unless an earlier state was lost or discarded. */
async function startOver(host: Host, scope: string, isFirst: boolean): Promise<Output[]> {
	const { values, remember } = host;
	const emitExisting = isFirst && values.options.emitExisting === true;
	const start = await startState(host, scope, emitExisting);
	const { state, items } = emitExisting ? await collect(host, start) : { state: start, items: [] };
	remember('state', state);
	// Events from before this start must not be repeated.
	remember('before', repeatsLastBatch(host) && items.length > 0 ? start : undefined);
	return items;
}

async function resume(host: Host, saved: TriggerState): Promise<Output[]> {
	const { context, recall, remember } = host;
	const before = resumeState(host, saved);
	// Only the first poll after a restart knows about the restart, and it may fail.
	remember('state', before);
	try {
		const { state, items } = await collect(host, before);
		remember('state', state);
		if (repeatsLastBatch(host) && items.length > 0) remember('before', before);
		remember('failure', undefined);
		return items;
	} catch (thrown) {
		if (isCutShort(host)) throw asError(thrown);
		const message = abridge(asError(thrown).message);
		const known = recall('failure') as Failure | undefined;
		const { isReported, failure } = throttleFailure(known, message, context.now());
		remember('failure', failure);
		if (!isReported) return [];
		throw afterActivation(thrown);
	}
}

async function pollOnce(host: Host): Promise<Output[]> {
	const scope = scopeOf(host);
	const saved = savedState(host, scope);
	if (saved.kind === 'unreadable') {
		host.warn(
			'The saved state of this trigger could not be read, so it starts over. Events since the last poll are not reported.',
		);
	}
	// Nobody knows which documents an unreadable state had reported; repeating all would be worse.
	if (saved.kind !== 'valid') return await startOver(host, scope, saved.kind !== 'unreadable');
	const discardsState =
		host.startedBy === 'activation' && host.values.options.afterBreak === 'startOver';
	return discardsState ? await startOver(host, scope, false) : await resume(host, saved.state);
}

/**
 * One poll. Reports everything that is new since the previous poll, in order and once. The state
 * is saved last, so a poll that ends early is repeated from where it started.
 */
export async function poll(host: Host): Promise<Output[]> {
	if (host.isManual) return await sample(host);
	try {
		return await pollOnce(host);
	} catch (thrown) {
		if (!isCutShort(host)) throw asError(thrown);
		host.warn(
			'Paperless-ngx did not answer the first poll after the start of n8n in time. The next poll begins where it began.',
		);
		return [];
	}
}
