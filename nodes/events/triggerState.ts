import { z } from 'zod';
import type { Cursor } from './cursor';
import { pictureSchema } from './picture';
import { sightingSchema } from './sighting';

const stamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const ids = z.string().regex(/^(\d+(-\d+)?(,\d+(-\d+)?)*)?$/);

const microseconds = z.string().regex(/^\d+$/);

export const cursorSchema: z.ZodType<Cursor, z.ZodTypeDef, unknown> = z.object({
	horizon: stamp,
	settled: stamp,
	movedAt: z.number(),
	recent: z.record(microseconds),
	ties: z.record(microseconds, z.object({ count: z.number(), ids })).default({}),
	known: ids,
	startedAt: stamp.optional(),
});

/** The state of a polling trigger between polls: small, readable, and bound to its scope. */
const stateSchema = z.object({
	version: z.literal(1),
	/** Stands for the server, the events and the filters; a change of these resets the trigger. */
	scope: z.string(),
	cursor: cursorSchema.optional(),
	/** Ids of documents that were in the inbox at the start or were reported since. */
	inbox: ids.optional(),
	/** Pictures of the documents that changed last; they show what an update changes. */
	pictures: z.array(pictureSchema).optional(),
	/** Ids that match the filters, and when all were compared, by n8n's clock in milliseconds. */
	matching: z.object({ ids, comparedAt: z.number() }).optional(),
	/** Changes of documents that the search index may not know yet. */
	unsettled: z.array(sightingSchema).optional(),
	/** By event: the state of each watcher, whose shape only the watcher knows. */
	watched: z.record(z.unknown()).optional(),
});

export type TriggerState = z.infer<typeof stateSchema>;

export type StoredState =
	| { kind: 'missing' }
	| { kind: 'unreadable' }
	/** Saved for another server, other events or other filters. */
	| { kind: 'foreign' }
	| { kind: 'valid'; state: TriggerState };

/** Checks a state that comes back from n8n's database. */
export function parseState(stored: unknown, scope: string): StoredState {
	if (stored === undefined || stored === null) return { kind: 'missing' };
	const { data } = stateSchema.safeParse(stored);
	if (data === undefined) return { kind: 'unreadable' };
	return data.scope === scope ? { kind: 'valid', state: data } : { kind: 'foreign' };
}
