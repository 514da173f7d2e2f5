import type { z } from 'zod';
import type { EventName } from '../../events/events';
import type { Context, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';

/** Finds events of one kind that are no changes of documents, and remembers what it needs for that. */
type Definition<State> = {
	event: EventName;
	schema: z.ZodType<State>;
	/** Asks the server, so that a missing permission shows when the workflow is activated. */
	begin: (context: Context, values: TriggerValues) => Promise<State>;
	look: (
		context: Context,
		values: TriggerValues,
		before: State,
	) => Promise<{ state: State; items: Output[] }>;
	/** What it would report, made of what is there now. */
	sample: (context: Context, values: TriggerValues) => Promise<Output[]>;
};

/** Forgets the shape of what is remembered, and checks it where it comes back from n8n's database. */
export const watcher = <State>({ event, schema, begin, look, sample }: Definition<State>) => ({
	event,
	accepts: (before: unknown): boolean => schema.safeParse(before).success,
	begin: begin as (context: Context, values: TriggerValues) => Promise<unknown>,
	look: async (context: Context, values: TriggerValues, before: unknown) =>
		(await look(context, values, schema.parse(before))) as { state: unknown; items: Output[] },
	sample,
});

export type Watcher = ReturnType<typeof watcher>;
