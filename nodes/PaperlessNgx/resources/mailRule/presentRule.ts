import { isPaperlessError } from '../../../api/errors';
import type { Kind } from '../../../api/kinds';
import type { MailRule } from '../../../api/schemas/mailRule';
import type { Context, Json } from '../../../toolkit/operation';

/** The name for an id; null where there is none or where the token’s user may not see it. */
async function nameOf(
	{ names }: Context,
	kind: Kind,
	id: number | null | undefined,
): Promise<string | null> {
	if (id === null || id === undefined) return null;
	const rows = await names.all(kind).catch((thrown: unknown) => {
		if (isPaperlessError(thrown, 'forbidden')) return [];
		throw thrown;
	});
	return rows.find((row) => row.id === id)?.name ?? null;
}

/** A rule, with the names of what it refers to. */
export async function presentRule(rule: MailRule, context: Context): Promise<Json> {
	const tags = (rule.assign_tags ?? []).map((id) => nameOf(context, 'tag', id));
	return {
		...rule,
		account_name: await nameOf(context, 'mailAccount', rule.account),
		assign_tag_names: await Promise.all(tags),
		assign_correspondent_name: await nameOf(context, 'correspondent', rule.assign_correspondent),
		assign_document_type_name: await nameOf(context, 'documentType', rule.assign_document_type),
		owner_name: await nameOf(context, 'user', rule.owner),
	};
}
