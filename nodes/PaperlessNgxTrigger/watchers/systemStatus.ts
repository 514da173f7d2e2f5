import { z } from 'zod';
import { PaperlessError } from '../../api/errors';
import { eventId } from '../../events/events';
import { hasPassed, minute } from '../../events/stamps';
import type { Context, Json, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import { watcher } from './defineWatcher';

const statusInterval = 5 * minute;
const storageInterval = 2 * minute;

const gigabyte = 1_000_000_000;
/** Storage counts as low until there is this much more than the threshold, so that it does not flutter. */
const recovery = 1.05;

const part = (json: Json, key: string): Json => {
	const value = json[key];
	return value !== null && typeof value === 'object' ? (value as Json) : {};
};

type Component = { status: string; error: unknown };

/** By component; those that the server's version does not have are left out (paperless-api §8). */
async function components({ api }: Context): Promise<Record<string, Component>> {
	const status = await api.system.status();
	const tasks = part(status, 'tasks');
	const database = part(status, 'database');
	const all: Array<[string, unknown, unknown]> = [
		['database', database.status, database.error],
		['redis', tasks.redis_status, tasks.redis_error],
		['celery', tasks.celery_status, tasks.celery_error],
		['index', tasks.index_status, tasks.index_error],
		['classifier', tasks.classifier_status, tasks.classifier_error],
		['sanity_check', tasks.sanity_check_status, tasks.sanity_check_error],
		['llm_index', tasks.llmindex_status, tasks.llmindex_error],
	];
	return Object.fromEntries(
		all.flatMap(([name, value, error]) =>
			typeof value === 'string' ? [[name, { status: value, error: error ?? null }]] : [],
		),
	);
}

const statusesOf = (all: Record<string, Component>): Record<string, string> =>
	Object.fromEntries(Object.entries(all).map(([name, { status }]) => [name, status]));

/** The moment is that of the look before, so that a repeated look finds the same event. */
const turn = (
	component: string,
	before: string | null,
	{ status, error }: Component,
	moment: number,
): Output => ({
	json: {
		event: 'systemStatusChanged',
		event_id: eventId('systemStatusChanged', `${component}:${status}`, moment),
		component,
		status,
		previous_status: before,
		error,
	},
});

/** One item for each part of the server whose status is another than it was. */
export const systemStatus = watcher({
	event: 'systemStatusChanged',
	schema: z.object({ statuses: z.record(z.string()), askedAt: z.number() }),
	async begin(context) {
		return { statuses: statusesOf(await components(context)), askedAt: context.now() };
	},
	async look(context, _, before) {
		const now = context.now();
		if (!hasPassed(statusInterval, before.askedAt, now)) return { state: before, items: [] };
		const all = await components(context);
		return {
			state: { statuses: { ...before.statuses, ...statusesOf(all) }, askedAt: now },
			items: Object.entries(all).flatMap(([name, component]) => {
				const known = before.statuses[name];
				return known === undefined || known === component.status
					? []
					: [turn(name, known, component, before.askedAt)];
			}),
		};
	},
	async sample(context) {
		const [[name, component] = []] = Object.entries(await components(context));
		return name && component ? [turn(name, null, component, context.now())] : [];
	},
});

/** Bytes. */
type Storage = { available: number; total: number };

async function storageOf({ api }: Context): Promise<Storage> {
	const { available, total } = part(await api.system.status(), 'storage');
	if (typeof available === 'number' && typeof total === 'number') return { available, total };
	throw new PaperlessError('unexpectedReply', 'The server does not say how much storage is free', {
		description: 'Take “Storage Low” out of “Trigger On”.',
	});
}

const thresholdOf = (
	{ storageThreshold, storageUnit }: TriggerValues,
	{ total }: Storage,
): number =>
	storageUnit === 'percent' ? (total * storageThreshold) / 100 : storageThreshold * gigabyte;

const lowStorage = (values: TriggerValues, storage: Storage, moment: number): Output => ({
	json: {
		event: 'storageLow',
		event_id: eventId('storageLow', 'storage', moment),
		available_bytes: storage.available,
		total_bytes: storage.total,
		available_percent: Math.round((storage.available / storage.total) * 1000) / 10,
		threshold_bytes: thresholdOf(values, storage),
	},
});

/** Reported once when storage becomes low; also when it is low already, at the first look after the start. */
export const storageLow = watcher({
	event: 'storageLow',
	schema: z.object({ low: z.boolean(), askedAt: z.number() }),
	async begin(context) {
		await storageOf(context);
		return { low: false, askedAt: context.now() };
	},
	async look(context, values, before) {
		const now = context.now();
		if (!hasPassed(storageInterval, before.askedAt, now)) return { state: before, items: [] };
		const storage = await storageOf(context);
		const threshold = thresholdOf(values, storage);
		const low = storage.available < threshold * (before.low ? recovery : 1);
		return {
			state: { low, askedAt: now },
			items: low && !before.low ? [lowStorage(values, storage, before.askedAt)] : [],
		};
	},
	sample: async (context, values) => [lowStorage(values, await storageOf(context), context.now())],
});
