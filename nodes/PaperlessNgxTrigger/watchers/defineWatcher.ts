import type { z } from 'zod';
import type { EventName } from '../../events/events';
import type { Context, Output } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';

/** Finds events of one kind that are not changes of documents. Its state is kept between polls. */
type Definition<State> = {
	event: EventName;
	schema: z.ZodType<State, z.ZodTypeDef, unknown>;
	/** The initial state. Asks the server, so a missing permission is reported at activation. */
	start: (context: Context, values: TriggerValues) => Promise<State>;
	/** Returns what happened since `before`, oldest first, and the state after it. */
	check: (
		context: Context,
		values: TriggerValues,
		before: State,
	) => Promise<{ state: State; items: Output[] }>;
	/** An example of an item, made from the current data of the server; empty if there is none. */
	sample: (context: Context, values: TriggerValues) => Promise<Output[]>;
};

/** Hides the shape of the state, and validates the state that comes back from n8n's database. */
export const defineWatcher = <State>({
	event,
	schema,
	start,
	check,
	sample,
}: Definition<State>) => ({
	event,
	accepts: (state: unknown): boolean => schema.safeParse(state).success,
	start: start as (context: Context, values: TriggerValues) => Promise<unknown>,
	check: async (context: Context, values: TriggerValues, before: unknown) =>
		(await check(context, values, schema.parse(before))) as { state: unknown; items: Output[] },
	sample,
});

export type Watcher = ReturnType<typeof defineWatcher>;
