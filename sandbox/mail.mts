import { text, validate } from './fields.mts';
import { crash, data, ok, plain } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { paginate } from './objectList.mts';

/** The sandbox does not fetch mail, so its lists are empty and nothing can be created. */
const none = (call: Call): Reply =>
	ok({ ...paginate<never>(call, [], () => 0).envelope, results: [] });

const refuseNew = (): Reply => plain(501, 'The sandbox fetches no mail');

const needed = { check: text(), required: true };

/** The server crashes if it cannot reach the mail server. The sandbox never reaches one. */
function test(call: Call): Reply {
	const fields = { imap_server: needed, username: needed, password: needed };
	validate(fields, data(call), call.store, false);
	return crash();
}

export const mailRoutes: Route[] = [
	{ path: 'mail_accounts/', model: 'mailaccount', on: { GET: none, POST: refuseNew } },
	{ path: 'mail_accounts/test/', on: { POST: test } },
	{ path: 'mail_rules/', model: 'mailrule', on: { GET: none, POST: refuseNew } },
	{ path: 'processed_mail/', since: 'nestedTags', model: 'processedmail', on: { GET: none } },
];
