import { z } from 'zod';
import { namedSchema } from './named';
import type { Permissions } from './document';

const idOrNull = z.number().nullish();

export const mailRuleSchema = namedSchema.extend({
	account: idOrNull,
	enabled: z.boolean().optional(),
	action: z.number().optional(),
	action_parameter: z.string().nullish(),
	assign_tags: z.array(z.number()).nullish(),
	assign_correspondent: idOrNull,
	assign_document_type: idOrNull,
	owner: idOrNull,
});

export type MailRule = z.infer<typeof mailRuleSchema>;

export type MailRuleDraft = {
	name?: string;
	account?: number;
	enabled?: boolean;
	folder?: string;
	filter_from?: string | null;
	filter_to?: string | null;
	filter_subject?: string | null;
	filter_body?: string | null;
	filter_attachment_filename_include?: string | null;
	filter_attachment_filename_exclude?: string | null;
	/** Days. */
	maximum_age?: number;
	/** 1 delete, 2 move, 3 mark as read, 4 flag, 5 tag; required in every change before 2.19. */
	action?: number | undefined;
	/** The folder or the tag of actions 2 and 5. */
	action_parameter?: string | null | undefined;
	assign_title_from?: number;
	assign_tags?: number[];
	/** 1 nothing, 2 address, 3 name, 4 the correspondent below. */
	assign_correspondent_from?: number;
	assign_correspondent?: number | null;
	assign_document_type?: number | null;
	assign_owner_from_rule?: boolean;
	order?: number;
	attachment_type?: number;
	consumption_scope?: number;
	pdf_layout?: number;
	owner?: number | null;
	set_permissions?: Permissions;
};
