import { z } from 'zod';
import type { Cursor } from './cursor';
import { pictureSchema } from './picture';

const stamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

export const cursorSchema: z.ZodType<Cursor> = z.object({
	horizon: stamp,
	settled: stamp,
	movedAt: z.number(),
	recent: z.record(z.string().regex(/^\d+$/)),
	known: z.string().regex(/^[\d,-]*$/),
});

const ids = z.string().regex(/^[\d,-]*$/);

/** What a polling trigger remembers between polls: small, readable, and bound to what it was made for. */
export const stateSchema = z.object({
	version: z.literal(1),
	/** Server, events and filters that it belongs to; a change of them begins anew. */
	scope: z.string(),
	cursor: cursorSchema.optional(),
	/** Ids that were reported as being in the inbox, or were there at the start. */
	inbox: ids.optional(),
	/** What the documents were like that changed last, to tell what an update changes. */
	pictures: z.array(pictureSchema).optional(),
	/** Ids that meet the filters, and when all of them were compared, by n8n's clock. */
	matching: z.object({ ids, comparedAt: z.number() }).optional(),
	/** By event, what each that is no change of a document remembers in a shape of its own. */
	watched: z.record(z.unknown()).optional(),
});

export type TriggerState = z.infer<typeof stateSchema>;

export type Remembered =
	| { is: 'nothing' }
	| { is: 'broken' }
	/** Made for another server, other events or filters. */
	| { is: 'foreign' }
	| { is: 'state'; state: TriggerState };

export function remembered(stored: unknown, scope: string): Remembered {
	if (stored === undefined || stored === null) return { is: 'nothing' };
	const parsed = stateSchema.safeParse(stored);
	if (!parsed.success) return { is: 'broken' };
	return parsed.data.scope === scope ? { is: 'state', state: parsed.data } : { is: 'foreign' };
}
