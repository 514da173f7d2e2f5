import { isPaperlessError } from '../../../api/errors';
import type { MailAccount } from '../../../api/schemas/mailAccount';
import type { MailRule } from '../../../api/schemas/mailRule';
import type { Server } from '../../../api/server';
import { documentsById } from '../../../documents/documentsById';
import type { Context, Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { presentOutcome } from '../shared/presentOutcome';
import { accountFields } from './accountFields';
import type { FetchedFile } from './awaitFetch';
import { awaitFetch } from './awaitFetch';
import { testAccount } from './testAccount';

/** Seconds */
const defaultTimeout = 600;

const explanations = {
	busy: 'No fetching was started, because files of earlier mails are not consumed yet: Paperless-ngx would fetch these mails once more.',
	done: null,
	pending: 'The time was up before Paperless-ngx was done.',
} as const;

/** What is known of a fetching on servers that keep no task of it. */
function untold(server: Server): string {
	const later = server.has('processedMail')
		? ' “Processed Mail: Get Many” lists each mail as soon as it is processed.'
		: '';
	return `Paperless-ngx ${server.version} fetches mails in the background and tells neither when it is done nor what it found; from 3.0 on it does.${later}`;
}

/** Why a fetching found nothing. The server writes what goes wrong with a mail server only to its log. */
async function explainNothing(
	{ api }: Context,
	account: MailAccount,
	rules: readonly MailRule[],
): Promise<string> {
	if (!rules.some(({ enabled }) => enabled)) {
		return 'The account has no mail rule that is switched on, so Paperless-ngx did not look for mails.';
	}
	const refusal = await testAccount(api, account);
	if (!refusal) return 'No new mail has a file to consume.';
	if (!isPaperlessError(refusal, 'forbidden')) throw refusal;
	return 'Paperless-ngx found no file to consume. Whether it could log in to the mail server is not known, because the user may not test the account.';
}

async function presentFiles(
	{ api }: Context,
	files: readonly FetchedFile[],
	rules: readonly MailRule[],
): Promise<Json[]> {
	const ids = files.map(({ outcome }) => ('documentId' in outcome ? outcome.documentId : null));
	const known = ids.filter((id) => id !== null);
	const documents = await documentsById(api, known, { fields: 'id,title' });
	return files.map(({ task, rule, outcome }, index) => ({
		file_name: task.fileName,
		task_id: task.taskId,
		rule,
		rule_name: rules.find(({ id }) => id === rule)?.name ?? null,
		title: documents.get(ids[index] ?? 0)?.title ?? null,
		...presentOutcome(outcome),
	}));
}

export const processNow = defineOperation({
	value: 'process',
	name: 'Process Now',
	action: 'Process mail account now',
	description:
		'Let Paperless-ngx fetch new mails, and wait until their files are consumed; before Paperless-ngx 3.0 the server does not tell when it is done',
	access: 'write',
	parameters: [
		locatorParameter(accountFields),
		optionsParameter([
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: defaultTimeout,
				description:
					'Seconds to wait; files that are not consumed by then are returned with the outcome “pending”',
			},
		]),
	],
	// The task of a fetching is recognized by being the next about its account.
	target: () => 'all',
	async execute(context, values) {
		const { api, names, now } = context;
		const account = await chosenRow(context, accountFields, values);
		const { id, name } = account;
		const server = await api.currentServer();
		if (!server.has('pagedTasks')) {
			await api.mailAccounts.process(id);
			return [{ json: { id, name, outcome: 'unknown', documents: null, message: untold(server) } }];
		}
		const rules = (await names.all('mailRule')).filter((rule) => rule.account === id);
		const { outcome, files } = await awaitFetch(api, {
			account: id,
			rules: new Set(rules.map((rule) => rule.id)),
			deadline: now() + (values.options.timeout ?? defaultTimeout) * 1000,
			now,
		});
		const documents = await presentFiles(context, files, rules);
		const message =
			outcome === 'done' && files.length === 0
				? await explainNothing(context, account, rules)
				: explanations[outcome];
		return [{ json: { id, name, outcome, documents, message } }];
	},
});
