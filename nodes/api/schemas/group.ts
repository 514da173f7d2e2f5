import { z } from 'zod';

export const groupSchema = z
	.object({ id: z.number(), name: z.string(), permissions: z.array(z.string()).optional() })
	.passthrough();

export type Group = z.infer<typeof groupSchema>;

export type GroupDraft = {
	name?: string;
	/** Replaces all permissions. */
	permissions?: string[];
};
