import { createHash } from 'node:crypto';
import { PaperlessError } from '../api/errors';
import type { Failure } from '../events/throttleFailure';
import { report } from '../events/throttleFailure';
import type { Remembered, TriggerState } from '../events/triggerState';
import { remembered } from '../events/triggerState';
import type { Context, Output } from '../toolkit/operation';
import type { Poll } from '../toolkit/runPoll';
import { beginDocuments, lookAtDocuments, sampleDocuments } from './documentEvents/pollDocuments';
import type { TriggerValues, triggerParameters } from './triggerParameters';
import { watchers } from './watchers/index';

type Host = Poll<typeof triggerParameters>;

const inScope = [
	'events',
	'filters',
	'customFieldFilters',
	'dateFilters',
	'numberFilters',
	'textFilters',
] as const satisfies ReadonlyArray<keyof TriggerValues>;

const hasExpression = (written: unknown): boolean => JSON.stringify(written).includes('"=');

/**
 * What the memory belongs to: another server, other events or filters begin anew. An expression
 * counts as it is written, since its value may be another at each poll.
 */
function scopeOf({ context: { api }, values, written }: Host): string {
	const parts = inScope.map((name) => [
		name,
		hasExpression(written(name)) ? written(name) : values[name],
	]);
	const all = { server: api.baseUrl, ...Object.fromEntries(parts) };
	return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}

const chosen = ({ events }: TriggerValues) =>
	watchers.filter(({ event }) => events.includes(event));

async function begin(
	context: Context,
	values: TriggerValues,
	scope: string,
	emitExisting: boolean,
): Promise<TriggerState> {
	const watched: Record<string, unknown> = {};
	for (const watcher of chosen(values)) {
		watched[watcher.event] = await watcher.begin(context, values);
	}
	return {
		version: 1,
		scope,
		...(await beginDocuments(context, values, emitExisting)),
		watched,
	};
}

async function look(
	{ context, values, deadline }: Host,
	state: TriggerState,
): Promise<{ state: TriggerState; items: Output[] }> {
	const { cursor } = state;
	const documents = cursor
		? await lookAtDocuments(context, values, { ...state, cursor }, deadline)
		: { state: {}, items: [] };
	const watched: Record<string, unknown> = {};
	const items = [...documents.items];
	for (const { event, look: lookAt } of chosen(values)) {
		const found = await lookAt(context, values, state.watched?.[event]);
		watched[event] = found.state;
		items.push(...found.items);
	}
	return { state: { ...state, ...documents.state, watched }, items };
}

async function sample({ context, values }: Host): Promise<Output[]> {
	const items: Output[] = [];
	for (const event of values.events) {
		const watcher = watchers.find((each) => each.event === event);
		items.push(
			...(watcher
				? await watcher.sample(context, values)
				: await sampleDocuments(context, values, event)),
		);
	}
	if (items.length > 0) return items;
	throw new PaperlessError('unresolved', 'There is nothing to show as an example', {
		description: 'Upload a document that meets the filters, or loosen them.',
	});
}

/** What is not readable is told apart from what was never there. */
function recalled({ values, recall }: Host, scope: string): Remembered {
	const memory = remembered(recall('state'), scope);
	if (memory.is !== 'state') return memory;
	const { watched = {} } = memory.state;
	return chosen(values).every(({ event, accepts }) => accepts(watched[event]))
		? memory
		: { is: 'broken' };
}

const repeatsLast = ({ values }: Host) => values.options.afterRestart === 'repeatLast';

/**
 * Where to go on. n8n writes what is remembered and starts the execution side by side, so of a
 * crash nobody knows whether it came in between: who wants to lose nothing begins once more where
 * the last poll that found something began.
 */
function lastBatch(host: Host, state: TriggerState): TriggerState {
	if (!repeatsLast(host) || host.beginning !== 'restart') return state;
	const before = remembered(host.recall('before'), state.scope);
	return before.is === 'state' ? before.state : state;
}

/** What was found at activation and is not any more was renamed or deleted since. */
const sinceActivation = (thrown: unknown): unknown =>
	thrown instanceof PaperlessError && thrown.kind === 'unresolved'
		? new PaperlessError('unresolved', thrown.message, {
				...thrown,
				description:
					`This changed in Paperless-ngx after the workflow was activated. Put it right there and nothing is missed; with other filters the trigger begins anew. ${thrown.description}`.trim(),
			})
		: thrown;

/**
 * One poll: what is new since the last one, in order, each thing once. Everything is worked out
 * first and remembered last, so that a poll that ends early is made again from where it began.
 */
export async function poll(host: Host): Promise<Output[]> {
	const { context, values, isManual, beginning, recall, remember, warn } = host;
	if (isManual) return await sample(host);
	const scope = scopeOf(host);
	const memory = recalled(host, scope);
	const startsAfresh =
		beginning === 'activation' &&
		memory.is === 'state' &&
		values.options.afterBreak === 'startAfresh';
	if (memory.is === 'broken') {
		warn(
			'What this trigger remembered is not readable; it begins anew, and what happened since the last poll is not reported.',
		);
	}
	if (memory.is !== 'state' || startsAfresh) {
		// After a broken memory nobody knows what was reported; all of it again would be worse.
		const isFirst = memory.is === 'nothing' || memory.is === 'foreign';
		const emitExisting = isFirst && values.options.emitExisting === true;
		const state = await begin(context, values, scope, emitExisting);
		const { state: next, items } = emitExisting ? await look(host, state) : { state, items: [] };
		remember('state', next);
		// What was found before this beginning is not to come again.
		remember('before', repeatsLast(host) && items.length > 0 ? state : undefined);
		return items;
	}
	const from = lastBatch(host, memory.state);
	// Only the first poll after a restart knows of it, and it may fail.
	remember('state', from);
	try {
		const { state, items } = await look(host, from);
		remember('state', state);
		if (repeatsLast(host) && items.length > 0) remember('before', from);
		remember('failure', undefined);
		return items;
	} catch (thrown) {
		const message = thrown instanceof Error ? thrown.message : String(thrown);
		const { tell, failure } = report(
			recall('failure') as Failure | undefined,
			message,
			context.now(),
		);
		remember('failure', failure);
		if (!tell) return [];
		return await Promise.reject(sinceActivation(thrown));
	}
}
