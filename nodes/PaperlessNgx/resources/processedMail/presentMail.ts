import type { Kind, ObjectOf } from '../../../api/kinds';
import type { ProcessedMail } from '../../../api/processedMail';
import type { Context, Json } from '../../../toolkit/operation';
import { referenceNames } from '../shared/referenceNames';
import { unlessForbidden } from '../../../api/unlessForbidden';

/** Lines of a report that say nothing about the reason, such as the places in the code. */
const frame = /^(\s|$|Traceback|The above exception|During handling|NoneType: None)/;

/**
 * What went wrong, as the server says it in the end: the last exception of its report that is not of
 * its queue (docs/paperless-api.md#processed-mails).
 */
export function reasonIn(report: string | null | undefined): string | null {
	const exceptions = (report ?? '').split('\n').filter((line) => !frame.test(line));
	const last = exceptions.findLast((line) => !line.startsWith('celery.')) ?? exceptions.at(-1);
	return last?.replace(/^[\w.]+: (?=.)/, '').trim() ?? null;
}

/** All objects of a kind, or none where the token’s user may not see them. */
const visible = async <K extends Kind>({ names }: Context, kind: K): Promise<Array<ObjectOf<K>>> =>
	await unlessForbidden(names.all(kind), []);

/** A mail with the names of its rule and its account, and the reason why it failed. */
export async function presentMail(mail: ProcessedMail, context: Context): Promise<Json> {
	const rules = await visible(context, 'mailRule');
	const rule = rules.find(({ id }) => id === mail.rule);
	const accounts = rule ? await visible(context, 'mailAccount') : [];
	const name = await referenceNames(context, { user: [mail.owner] });
	return {
		...mail,
		rule_name: rule?.name ?? null,
		account: rule?.account ?? null,
		account_name: accounts.find(({ id }) => id === rule?.account)?.name ?? null,
		owner_name: name('user', mail.owner),
		reason: reasonIn(mail.error),
	};
}
