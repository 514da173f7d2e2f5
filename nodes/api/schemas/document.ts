import { z } from 'zod';

const customFieldInstance = z.object({ field: z.number(), value: z.unknown() }).passthrough();

/**
 * A document as lists and details show it. Everything but the id may be missing, because lists
 * ask for the fields they need. `created` is a date from 2.16 on and a time before (§3.1).
 */
export const documentSchema = z
	.object({
		id: z.number(),
		title: z.string().optional(),
		content: z.string().optional(),
		created: z.string().optional(),
		correspondent: z.number().nullish(),
		document_type: z.number().nullish(),
		storage_path: z.number().nullish(),
		tags: z.array(z.number()).optional(),
		custom_fields: z.array(customFieldInstance).optional(),
		owner: z.number().nullish(),
		archive_serial_number: z.number().nullish(),
	})
	.passthrough();

export type Document = z.infer<typeof documentSchema>;

/** What PATCH takes; keys that are left out stay as they are. */
export type DocumentChanges = {
	title?: string;
	content?: string;
	/** `YYYY-MM-DD`; a time would be shifted into the server's zone (trap 11). */
	created?: string;
	correspondent?: number | null;
	document_type?: number | null;
	storage_path?: number | null;
	tags?: number[];
	archive_serial_number?: number | null;
	custom_fields?: Array<{ field: number; value: unknown }>;
	owner?: number | null;
	set_permissions?: Permissions;
	remove_inbox_tags?: boolean;
};

type Grants = { users?: number[]; groups?: number[] };

export type Permissions = { view?: Grants; change?: Grants };
