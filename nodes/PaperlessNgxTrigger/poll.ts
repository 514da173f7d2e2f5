import { createHash } from 'node:crypto';
import { PaperlessError } from '../api/errors';
import { documentEvents } from '../events/events';
import type { Failure } from '../events/failures';
import { report } from '../events/failures';
import { RangeSet } from '../events/rangeSet';
import type { TriggerState } from '../events/state';
import { remembered } from '../events/state';
import type { Context, Output } from '../toolkit/operation';
import type { Poll } from '../toolkit/poll';
import { changesSince, inboxIds, itemsFor, samples, startCursor } from './documentEvents';
import type { TriggerValues, triggerParameters } from './parameters';
import { newRelease, releaseSample } from './releases';

type Host = Poll<typeof triggerParameters>;

const watchesDocuments = ({ events }: TriggerValues) =>
	events.some((event) => documentEvents.includes(event));

/** What the memory belongs to: another server, other events or filters begin anew. */
function scopeOf({ api }: Context, values: TriggerValues): string {
	const { events, filters, customFieldFilters, dateFilters, numberFilters, textFilters } = values;
	const all = {
		server: api.baseUrl,
		events,
		filters,
		customFieldFilters,
		dateFilters,
		numberFilters,
		textFilters,
	};
	return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}

async function begin(
	context: Context,
	values: TriggerValues,
	scope: string,
	emitExisting: boolean,
): Promise<TriggerState> {
	const { events } = values;
	return {
		version: 1,
		scope,
		...(watchesDocuments(values) && { cursor: await startCursor(context, emitExisting) }),
		...(events.includes('newInboxDocument') && {
			inbox: (emitExisting ? RangeSet.empty : await inboxIds(context)).toString(),
		}),
		...(events.includes('newVersionAvailable') && {
			release: (await newRelease(context, undefined)).release,
		}),
	};
}

async function look(
	{ context, values, deadline }: Host,
	state: TriggerState,
): Promise<{ state: TriggerState; items: Output[] }> {
	const next: TriggerState = { ...state };
	const items: Output[] = [];
	if (state.cursor) {
		const { cursor, changes } = await changesSince(context, state.cursor, deadline);
		const found = await itemsFor(context, values, changes, RangeSet.parse(state.inbox ?? ''));
		next.cursor = cursor;
		if (state.inbox !== undefined) next.inbox = found.inbox.toString();
		items.push(...found.items);
	}
	if (state.release) {
		const found = await newRelease(context, state.release);
		next.release = found.release;
		items.push(...found.items);
	}
	return { state: next, items };
}

async function sample({ context, values }: Host): Promise<Output[]> {
	const items: Output[] = [];
	for (const event of values.events) {
		items.push(
			...(event === 'newVersionAvailable'
				? await releaseSample(context)
				: await samples(context, values, event)),
		);
	}
	if (items.length > 0) return items;
	throw new PaperlessError('unresolved', 'There is no document to show as an example', {
		description: 'Upload one that meets the filters, or loosen them.',
	});
}

/**
 * One poll: what is new since the last one, in order, each thing once. Everything is worked out
 * first and remembered last, so that a poll that ends early is made again from where it began.
 */
export async function poll(host: Host): Promise<Output[]> {
	const { context, values, isManual, recall, remember, warn } = host;
	if (isManual) return await sample(host);
	const scope = scopeOf(context, values);
	const memory = remembered(recall('state'), scope);
	if (memory.is === 'broken') {
		warn(
			'What this trigger remembered is not readable; it begins anew, and what happened since the last poll is not reported.',
		);
	}
	if (memory.is !== 'state') {
		// After a broken memory nobody knows what was reported; all of it again would be worse.
		const emitExisting = memory.is !== 'broken' && values.options.emitExisting === true;
		const state = await begin(context, values, scope, emitExisting);
		if (!emitExisting) {
			remember('state', state);
			return [];
		}
		const { state: next, items } = await look(host, state);
		remember('state', next);
		return items;
	}
	try {
		const { state, items } = await look(host, memory.state);
		remember('state', state);
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
		return await Promise.reject(thrown);
	}
}
