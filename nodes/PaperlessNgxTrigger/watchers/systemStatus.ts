import { z } from 'zod';
import { abridge } from '../../api/abridge';
import { eventId } from '../../events/events';
import { hasPassed, minute } from '../../events/hasPassed';
import type { Context, Output } from '../../toolkit/operation';
import { defineWatcher } from './defineWatcher';
import { statusSection } from './statusSection';

const interval = 5 * minute;

/** Characters. A status is a word, and it is saved between polls. */
const longestStatus = 100;

type Component = { status: string; error: unknown };

/**
 * By component; absent are components that the server's version does not have
 * (docs/paperless-api.md#status-components).
 */
async function fetchComponents({ api }: Context): Promise<Record<string, Component>> {
	const status = await api.system.status();
	const tasks = statusSection(status, 'tasks');
	const database = statusSection(status, 'database');
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
			typeof value === 'string'
				? [[name, { status: abridge(value, longestStatus), error: error ?? null }]]
				: [],
		),
	);
}

const statusesOf = (components: Record<string, Component>): Record<string, string> =>
	Object.fromEntries(Object.entries(components).map(([name, { status }]) => [name, status]));

const itemOf = (
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

/** Reports each component of the server whose status has changed. */
export const systemStatus = defineWatcher({
	event: 'systemStatusChanged',
	schema: z.object({ statuses: z.record(z.string()), askedAt: z.number() }),
	async start(context) {
		return { statuses: statusesOf(await fetchComponents(context)), askedAt: context.now() };
	},
	async check(context, _, before) {
		const now = context.now();
		if (!hasPassed(interval, before.askedAt, now)) return { state: before, items: [] };
		const components = await fetchComponents(context);
		const items = Object.entries(components).flatMap(([name, component]) => {
			const known = before.statuses[name];
			if (known === undefined || known === component.status) return [];
			// The time of the previous check, so that a repeated check finds the same event.
			return [itemOf(name, known, component, before.askedAt)];
		});
		return {
			state: { statuses: { ...before.statuses, ...statusesOf(components) }, askedAt: now },
			items,
		};
	},
	async sample(context) {
		const [[name, component] = []] = Object.entries(await fetchComponents(context));
		return name && component ? [itemOf(name, null, component, context.now())] : [];
	},
});
