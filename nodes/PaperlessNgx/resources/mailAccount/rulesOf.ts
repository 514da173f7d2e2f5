import { isPaperlessError } from '../../../api/errors';
import type { MailAccount } from '../../../api/schemas/mailAccount';
import type { Context, Json } from '../../../toolkit/operation';

/** The rules that are deleted with an account, as far as the token’s user may see them. */
export async function rulesOf({ names }: Context, { id }: Pick<MailAccount, 'id'>): Promise<Json> {
	const rules = await names.all('mailRule').catch((thrown: unknown) => {
		if (isPaperlessError(thrown, 'forbidden')) return undefined;
		throw thrown;
	});
	return rules
		? { rules: rules.filter(({ account }) => account === id).map(({ name }) => name) }
		: {};
}
