import { z } from 'zod';
import { PaperlessError } from '../../api/errors';
import { eventId } from '../../events/events';
import { hasPassed, minute } from '../../events/hasPassed';
import type { Context, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import { defineWatcher } from './defineWatcher';
import { statusSection } from './statusSection';

const interval = 2 * minute;
const gigabyte = 1_000_000_000;

/** Once low, storage counts as low until this many times the threshold is free; avoids flapping. */
const recovery = 1.05;

/** In bytes. */
type Storage = { available: number; total: number };

async function fetchStorage({ api }: Context): Promise<Storage> {
	const { available, total } = statusSection(await api.system.status(), 'storage');
	if (typeof available === 'number' && typeof total === 'number') return { available, total };
	throw new PaperlessError('unexpectedReply', 'The server does not report its free storage', {
		description: 'Remove “Storage Low” from “Trigger On”.',
	});
}

const thresholdOf = (
	{ storageThreshold, storageUnit }: TriggerValues,
	{ total }: Storage,
): number =>
	storageUnit === 'percent' ? (total * storageThreshold) / 100 : storageThreshold * gigabyte;

const itemOf = (values: TriggerValues, storage: Storage, moment: number): Output => ({
	json: {
		event: 'storageLow',
		event_id: eventId('storageLow', 'storage', moment),
		available_bytes: storage.available,
		total_bytes: storage.total,
		available_percent: Math.round((storage.available / storage.total) * 1000) / 10,
		threshold_bytes: thresholdOf(values, storage),
	},
});

/** Reports once when storage becomes low; if it is low at the start, at the first check after it. */
export const storageLow = defineWatcher({
	event: 'storageLow',
	schema: z.object({ low: z.boolean(), askedAt: z.number() }),
	async start(context) {
		await fetchStorage(context);
		return { low: false, askedAt: context.now() };
	},
	async check(context, values, before) {
		const now = context.now();
		if (!hasPassed(interval, before.askedAt, now)) return { state: before, items: [] };
		const storage = await fetchStorage(context);
		const threshold = thresholdOf(values, storage);
		const low = storage.available < threshold * (before.low ? recovery : 1);
		return {
			state: { low, askedAt: now },
			// The time of the previous check, so that a repeated check finds the same event.
			items: low && !before.low ? [itemOf(values, storage, before.askedAt)] : [],
		};
	},
	sample: async (context, values) => [itemOf(values, await fetchStorage(context), context.now())],
});
