import { enqueue } from './consume.mts';
import { isConsumable, sniffType } from './contents.mts';
import type { InboxMail, MailAccount, MailRule, ProcessedMail, Store, Task } from './store.mts';
import { noGrants } from './store.mts';
import { recordWork } from './tasks.mts';
import { seconds, toTimestamp } from './times.mts';

/** The mail server of the sandbox knows one password; other servers cannot be reached. */
const mailServer = { host: 'imap.sandbox.test', password: 'mailpass1' };

type Login = Pick<MailAccount, 'imap_server' | 'password'>;

export const isReached = ({ imap_server: host }: Login): boolean => host === mailServer.host;

export const isLetIn = (account: Login): boolean =>
	isReached(account) && account.password === mailServer.password;

export function deliver(store: Store, mail: Partial<InboxMail>): InboxMail {
	return store.inbox.add({
		folder: 'INBOX',
		from: 'billing@water.example',
		to: 'paper@example.com',
		subject: 'Water bill',
		body: '',
		attachments: [],
		marks: [],
		...mail,
		received: (mail.received && toTimestamp(mail.received)) ?? store.now(),
	});
}

/**
 * Queues the fetching of an account, which always ends well: what goes wrong with the mail server is
 * only in the log. 3.0 has a task for it, with a result for nobody.
 */
export function fetchMails(store: Store, account: MailAccount): void {
	const task = store.profile.tasksPaged ? recordWork(store, 'mail_fetch') : undefined;
	Object.assign(task ?? {}, {
		input_data: { account_ids: [account.id] },
		status: 'pending',
		date_started: null,
		date_done: null,
	});
	store.queue.add(async () => {
		await store.queue.pass(store.settings.queueSeconds);
		Object.assign(task ?? {}, { status: 'started', date_started: store.now() });
		if (isLetIn(account)) applyRules(store, account);
		Object.assign(task ?? {}, { status: 'success', date_done: store.now() });
	});
}

function applyRules(store: Store, account: MailAccount): void {
	const rules = store.mail_rules
		.filter((rule) => rule.account === account.id && rule.enabled)
		.toSorted((a, b) => a.order - b.order || a.id - b.id);
	const taken = new Set<number>();
	for (const rule of rules) {
		for (const mail of store.inbox.filter((one) => fits(store, rule, one))) {
			// Before 3.0 two rules may consume the same mail.
			const isTaken = store.profile.tasksPaged && taken.has(mail.id);
			if (!isTaken && consumeFiles(store, rule, mail)) taken.add(mail.id);
		}
		if (taken.size > 0 && rule.stop_processing) break;
	}
}

/** What an action leaves; a mail that has it is not looked at again. */
const markOf = ({ action, action_parameter: tag }: MailRule): string | undefined =>
	({ 3: 'seen', 4: 'flagged', 5: tag ?? '' })[action];

function fits(store: Store, rule: MailRule, mail: InboxMail): boolean {
	const has = (text: string, wanted: string | null) =>
		!wanted || text.toLowerCase().includes(wanted.toLowerCase());
	const mark = markOf(rule);
	return (
		mail.folder === rule.folder &&
		(mark === undefined || !mail.marks.includes(mark)) &&
		has(mail.from, rule.filter_from) &&
		has(mail.to, rule.filter_to) &&
		has(mail.subject, rule.filter_subject) &&
		has(mail.body, rule.filter_body) &&
		seconds(mail.received, store.now()) <= rule.maximum_age * 86_400 &&
		store.processed_mail.find((row) => row.rule === rule.id && row.uid === String(mail.id)) ===
			undefined
	);
}

/** Patterns of the shell, separated by commas. */
const matchesAny = (fileName: string, patterns: string): boolean =>
	patterns.split(',').some((pattern) => {
		const parts = pattern.toLowerCase().split('*');
		const source = parts.map((part) => part.replace(/[.+^${}()|[\]\\?]/g, '\\$&')).join('.*');
		return pattern !== '' && new RegExp(`^${source}$`).test(fileName.toLowerCase());
	});

/** Queues the files of a mail, and after them what is to become of the mail. */
function consumeFiles(store: Store, rule: MailRule, mail: InboxMail): boolean {
	if (mail.attachments.length === 0) return false;
	const { filter_attachment_filename_include: include } = rule;
	const { filter_attachment_filename_exclude: exclude } = rule;
	const files = mail.attachments
		.map(({ fileName, text }) => ({ fileName, bytes: Buffer.from(text) }))
		.filter(({ fileName }) => !include || matchesAny(fileName, include))
		.filter(({ fileName }) => !exclude || !matchesAny(fileName, exclude))
		.filter(({ bytes }) => isConsumable(sniffType(bytes)));
	if (files.length === 0) {
		record(store, rule, mail, { owner: null, status: 'PROCESSED_WO_CONSUMPTION' });
		return false;
	}
	const owner = rule.assign_owner_from_rule ? rule.owner : null;
	const titles: Record<number, string> = { 1: mail.subject };
	const title = titles[rule.assign_title_from];
	const tasks = files.map((file) => {
		const request = {
			...file,
			type: sniffType(file.bytes),
			...(title !== undefined && { title }),
			...(rule.assign_correspondent && { correspondent: rule.assign_correspondent }),
			...(rule.assign_document_type && { documentType: rule.assign_document_type }),
			tags: rule.assign_tags,
			customFields: [],
			owner,
			mailRule: rule.id,
		};
		return enqueue(store, request, 'email_consume');
	});
	store.queue.add(() => {
		const failed = tasks.find(({ status }) => status !== 'success');
		if (failed) {
			const error = reportOn(store, failed);
			record(store, rule, mail, { owner: null, status: 'FAILED', error });
		} else {
			act(store, rule, mail);
			record(store, rule, mail, { owner: rule.owner, status: 'SUCCESS' });
		}
	});
	return true;
}

const cause = '\n\nThe above exception was the direct cause of the following exception:\n\n';
const traceback = (place: string) => `Traceback (most recent call last):\n  File ${place}\n`;

/** 3.0 reports the exception of the queue after the reason, and 2.x the causes of the reason before it. */
function reportOn(store: Store, { result }: Task): string {
	const reason = `documents.consumer.ConsumerError: ${result}`;
	const parser = `${traceback('"parsers.py"')}documents.parsers.ParseError: It cannot be read`;
	const queue = `${traceback('"redis.py"')}celery.exceptions.ChordError: A dependency raised an exception\n`;
	return store.profile.tasksPaged
		? `${reason}${cause}${queue}`
		: `${parser}${cause}${traceback('"consumer.py"')}${reason}\n`;
}

function record(
	store: Store,
	rule: MailRule,
	mail: InboxMail,
	row: Pick<ProcessedMail, 'owner' | 'status'> & { error?: string },
): void {
	store.processed_mail.add({
		rule: rule.id,
		folder: rule.folder,
		uid: String(mail.id),
		subject: mail.subject,
		received: mail.received,
		processed: store.now(),
		error: null,
		grants: noGrants(),
		...row,
	});
}

function act(store: Store, rule: MailRule, mail: InboxMail): void {
	const mark = markOf(rule);
	if (rule.action === 1) store.inbox.delete(mail.id);
	if (rule.action === 2) mail.folder = rule.action_parameter ?? mail.folder;
	if (mark !== undefined) mail.marks.push(mark);
}
