import { z } from 'zod';

const part = z.object({ id: z.number() }).passthrough();

/** A workflow of the server. Headers of others may be anything: the server checks no types there. */
export const workflowSchema = z
	.object({
		id: z.number(),
		name: z.string(),
		enabled: z.boolean().optional(),
		triggers: z.array(part),
		actions: z.array(
			part.extend({
				webhook: part.extend({ url: z.string(), headers: z.unknown() }).nullish(),
			}),
		),
	})
	.passthrough();

export type Workflow = z.infer<typeof workflowSchema>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A change needs both lists: before 2.17 one without them breaks the server, which then has
 * changed the name all the same. Parts with an `id` are changed, the others made anew (§3.16).
 */
export type WorkflowDraft = {
	name: string;
	enabled: boolean;
	triggers: Fields[];
	actions: Fields[];
};
