import { z } from 'zod';

const part = z.object({ id: z.number() }).passthrough();

/** A workflow of the server. Headers may be anything, because the server does not check their types. */
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
 * A change needs both lists: servers before 2.17 crash without them, after they have changed the
 * name. The server changes parts with an `id` and creates the others
 * (docs/paperless-api.md#workflow-updates).
 */
export type WorkflowDraft = {
	[field: string]: unknown;
	name: string;
	enabled: boolean;
	triggers: Fields[];
	actions: Fields[];
};
