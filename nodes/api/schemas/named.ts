import { z } from 'zod';
import type { Permissions } from './document';

/** An object that people choose by name: a tag, a correspondent, a document type, a group … */
export const namedSchema = z.object({ id: z.number(), name: z.string() }).passthrough();

export type Named = z.infer<typeof namedSchema>;

export const tagSchema = namedSchema.extend({
	/** From 2.19 on. */
	parent: z.number().nullish(),
	is_inbox_tag: z.boolean().optional(),
	/** Tags directly below it, in the same form. */
	children: z.array(z.unknown()).optional(),
});

export type Tag = z.infer<typeof tagSchema>;

const selectOption = z.object({ id: z.string(), label: z.string() });

export const customFieldSchema = z
	.object({
		id: z.number(),
		name: z.string(),
		/**
		 * One of the types in docs/paperless-api.md#custom-field-types, or a type that a newer server
		 * adds.
		 */
		data_type: z.string(),
		extra_data: z
			.object({
				select_options: z.array(selectOption.nullable()).nullish(),
				default_currency: z.string().nullish(),
			})
			.passthrough()
			.nullish(),
	})
	.passthrough();

export type CustomField = z.infer<typeof customFieldSchema>;

/**
 * Every change of a select field needs all its options; existing options need their ids
 * (docs/paperless-api.md#select-options).
 */
export type CustomFieldDraft = {
	name?: string;
	data_type?: string;
	extra_data?: {
		select_options?: Array<{ id?: string; label: string }>;
		default_currency?: string | null;
	};
};

export const savedViewSchema = z
	.object({
		id: z.number(),
		name: z.string(),
		sort_field: z.string().nullish(),
		sort_reverse: z.boolean().nullish(),
		filter_rules: z.array(z.object({ rule_type: z.number(), value: z.string().nullish() })),
	})
	.passthrough();

export type SavedView = z.infer<typeof savedViewSchema>;

export type SavedViewDraft = {
	name?: string;
	sort_field?: string | null;
	sort_reverse?: boolean;
	/** Replaces all rules. */
	filter_rules?: Array<{ rule_type: number; value: string | null }>;
	page_size?: number | null;
	display_mode?: string | null;
	/** The columns; null for those that the web interface chooses. */
	display_fields?: string[] | null;
	/** Required before 3.0, ignored from API version 10 on. */
	show_on_dashboard?: boolean;
	show_in_sidebar?: boolean;
	owner?: number | null;
	set_permissions?: Permissions;
};
