import type { MailRule } from '../../../api/schemas/mailRule';
import type { Context, Json } from '../../../toolkit/operation';
import type { References } from '../shared/referenceNames';
import { referenceNames } from '../shared/referenceNames';

export const ruleReferences = (rule: MailRule): References => ({
	mailAccount: [rule.account],
	tag: rule.assign_tags ?? [],
	correspondent: [rule.assign_correspondent],
	documentType: [rule.assign_document_type],
	user: [rule.owner],
});

/** A rule, with the names of what it refers to. */
export async function presentRule(rule: MailRule, context: Context): Promise<Json> {
	const name = await referenceNames(context, ruleReferences(rule));
	return {
		...rule,
		account_name: name('mailAccount', rule.account),
		assign_tag_names: (rule.assign_tags ?? []).map((id) => name('tag', id)),
		assign_correspondent_name: name('correspondent', rule.assign_correspondent),
		assign_document_type_name: name('documentType', rule.assign_document_type),
		owner_name: name('user', rule.owner),
	};
}
