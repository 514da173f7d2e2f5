import type { MailAccount } from '../../../api/schemas/mailAccount';
import type { Context, Json } from '../../../toolkit/operation';
import { unlessForbidden } from '../../../api/unlessForbidden';

/** The rules that are deleted with an account, as far as the token’s user may see them. */
export async function rulesOf({ names }: Context, { id }: Pick<MailAccount, 'id'>): Promise<Json> {
	const rules = await unlessForbidden(names.all('mailRule'), undefined);
	return rules
		? { rules: rules.filter(({ account }) => account === id).map(({ name }) => name) }
		: {};
}
