import { withOwnership } from './classification.mts';
import {
	boolean,
	choice,
	integer,
	owner,
	reference,
	references,
	setPermissions,
	text,
	validate,
	wrong,
} from './fields.mts';
import type { Field } from './fields.mts';
import type { Filters } from './filters.mts';
import { crash, data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { fetchMails, isLetIn, isReached } from './mailFetch.mts';
import { idParam, objectRoutes } from './objects.mts';
import type { Kind } from './objects.mts';
import {
	forbidden,
	may,
	mayChange,
	maySee,
	permissionKeys,
	requireChange,
	wantsFullPermissions,
} from './permissions.mts';
import type { MailAccount, MailRule, ProcessedMail } from './store.mts';
import { isoTime } from './times.mts';

const isMask = (password: unknown): boolean => /^\**$/.test(String(password));

const connectionFields: Record<string, Field> = {
	imap_server: { check: text({ max: 256 }), required: true },
	imap_port: { check: integer(), nullable: true, initial: () => null },
	imap_security: { check: choice(1, 2, 3), initial: () => 2 },
	username: { check: text({ max: 256 }), required: true },
	password: { check: text({ trim: false }), required: true },
	character_set: { check: text({ max: 256 }), initial: () => 'UTF-8' },
	is_token: { check: boolean, initial: () => false },
	account_type: { check: choice(1, 2, 3), initial: () => 1 },
};

const without = (row: object, key: string): object =>
	Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));

const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;

const accounts: Kind<MailAccount> = {
	path: 'mail_accounts/',
	model: 'mailaccount',
	label: 'MailAccount',
	table: ({ store }) => store.mail_accounts,
	defaultOrder: byId,
	visible: (row, { user }) => maySee(row, user),
	requireChange: (row, { user }) => requireChange(row, user),
	fields: (_call, existing) => ({
		name: {
			required: true,
			check: (value, store) => {
				const name = text({ max: 256 })(value, store);
				const taken = store.mail_accounts.find(
					(row) => row.name === name && row.id !== existing?.id,
				);
				return taken ? wrong('mail account with this name already exists.') : name;
			},
		},
		...connectionFields,
		owner,
		set_permissions: setPermissions,
	}),
	prepare: ({ password, ...values }, call, existing) => ({
		...withOwnership<MailAccount>(values, call, existing),
		...(password !== undefined &&
			!(existing && isMask(password)) && { password: String(password) }),
	}),
	show: (rows, call) =>
		rows.map((row) => ({
			id: row.id,
			name: row.name,
			imap_server: row.imap_server,
			imap_port: row.imap_port,
			imap_security: row.imap_security,
			username: row.username,
			password: '*'.repeat(Math.max(10, row.password.length)),
			character_set: row.character_set,
			is_token: row.is_token,
			...permissionKeys(row, call.user, wantsFullPermissions(call)),
			account_type: row.account_type,
			expiration: null,
		})),
	remove: ({ id }, { store }) => {
		for (const rule of store.mail_rules.filter(({ account }) => account === id))
			store.mail_rules.delete(rule.id);
	},
};

const optionalText: Field = {
	check: text({ max: 256, blank: true }),
	nullable: true,
	initial: () => null,
};

/** Moving and tagging need to know where to and with what. */
function requireParameter(
	values: Record<string, unknown>,
	{ profile }: Call,
	isNew: boolean,
): void {
	const { action, action_parameter: parameter = isNew ? '' : undefined } = values;
	const needsBoth = action === 2 || action === 5;
	// 2.15 reads both, crashes if one that it needs is missing, and takes an empty text for one.
	if (!profile.nestedTags && (action === undefined || (needsBoth && parameter === undefined)))
		crash();
	const isMissing = profile.nestedTags ? !parameter : parameter === null;
	if (needsBoth && isMissing)
		refuse(400, { non_field_errors: ['An action parameter is required.'] });
}

const rules: Kind<MailRule> = {
	path: 'mail_rules/',
	model: 'mailrule',
	label: 'MailRule',
	table: ({ store }) => store.mail_rules,
	defaultOrder: (a, b) => a.order - b.order || byId(a, b),
	visible: (row, { user }) => maySee(row, user),
	requireChange: (row, { user }) => requireChange(row, user),
	fields: ({ profile }) => ({
		name: { check: text({ max: 256 }), required: true },
		account: { check: reference('mail_accounts'), required: true },
		enabled: { check: boolean, initial: () => true },
		folder: { check: text({ max: 256 }), initial: () => 'INBOX' },
		filter_from: optionalText,
		filter_to: optionalText,
		filter_subject: optionalText,
		filter_body: optionalText,
		filter_attachment_filename_include: optionalText,
		filter_attachment_filename_exclude: optionalText,
		maximum_age: {
			initial: () => 30,
			check: (value, store) => {
				const days = integer({ min: 0 })(value, store) as number;
				if (days <= 36_500) return days;
				return profile.nestedTags ? wrong('Maximum mail age is unreasonably large.') : days;
			},
		},
		action: { check: choice(1, 2, 3, 4, 5) },
		action_parameter: { check: text({ max: 256 }), nullable: true },
		assign_title_from: { check: choice(1, 2, 3), initial: () => 1 },
		assign_tags: { check: references('tags'), initial: () => [] },
		assign_correspondent_from: { check: choice(1, 2, 3, 4), initial: () => 1 },
		assign_correspondent: {
			check: reference('correspondents'),
			nullable: true,
			initial: () => null,
		},
		assign_document_type: {
			check: reference('document_types'),
			nullable: true,
			initial: () => null,
		},
		assign_owner_from_rule: { check: boolean, initial: () => true },
		order: { check: integer(), initial: () => 0 },
		attachment_type: { check: choice(1, 2), initial: () => 1 },
		consumption_scope: { check: choice(1, 2, 3), initial: () => 1 },
		pdf_layout: { check: choice(0, 1, 2, 3, 4), initial: () => 0 },
		owner,
		set_permissions: setPermissions,
		...(profile.documentVersions && {
			stop_processing: { check: boolean, initial: () => false },
		}),
	}),
	prepare: (values, call, existing) => {
		requireParameter(values, call, existing === undefined);
		const prepared = withOwnership<MailRule>(values, call, existing);
		const row = { ...existing, ...prepared };
		const taken = call.store.mail_rules.find(
			({ id, name, owner: other }) =>
				name === row.name && other === row.owner && id !== existing?.id,
		);
		if (taken) refuse(400, { error: 'Object violates owner / name unique constraint' });
		return existing ? prepared : { action: 3, action_parameter: '', ...prepared };
	},
	// 2.15 stores a new rule without tags and then crashes.
	saved: (_row, call, before) => {
		if (!call.profile.nestedTags && !before && data(call)['assign_tags'] === undefined) crash();
	},
	show: (rows, call) =>
		rows.map((row) => ({
			...without(row, 'grants'),
			...permissionKeys(row, call.user, wantsFullPermissions(call)),
		})),
};

const forbiddenText = (): Reply => plain(403, 'Insufficient permissions');

/** The server crashes if it cannot reach the mail server. */
function test(call: Call): Reply {
	const { store, user, profile } = call;
	const values = validate(connectionFields, data(call), store, false);
	const { id } = data(call);
	const existing = id === undefined ? undefined : store.mail_accounts.get(Number(id));
	if (profile.nestedTags) {
		if (id === undefined && !may(store, user, 'add_mailaccount')) return forbiddenText();
		const isOpen = existing && mayChange(existing, user);
		if (id !== undefined && !(isOpen && may(store, user, 'change_mailaccount')))
			return forbiddenText();
	}
	if (isMask(values['password']) && !existing) crash();
	const password = isMask(values['password']) ? existing?.password : values['password'];
	const account = { ...values, password } as MailAccount;
	if (!isReached(account)) crash();
	return isLetIn(account) ? ok({ success: true }) : plain(400, 'Unable to connect to server');
}

function processMail(call: Call): Reply {
	const { store, user } = call;
	const account = store.mail_accounts.get(idParam(call.params['id'] ?? ''));
	if (!account || !maySee(account, user))
		return detail(404, 'No MailAccount matches the given query.');
	if (!mayChange(account, user)) return detail(403, forbidden);
	fetchMails(store, account);
	return ok({ result: 'OK' });
}

const processedFilters: Filters<ProcessedMail> = {
	rule: (value, { store }) =>
		store.mail_rules.get(Number(value))
			? (row) => row.rule === Number(value)
			: wrong('Select a valid choice. That choice is not one of the available choices.'),
	status: (value) => (row) => row.status === value,
};

const processed: Kind<ProcessedMail> = {
	path: 'processed_mail/',
	model: 'processedmail',
	label: 'ProcessedMail',
	table: ({ store }) => store.processed_mail,
	fields: () => ({}),
	filters: processedFilters,
	sortings: () => ({
		processed: (row) => row.processed,
		received: (row) => row.received,
		status: (row) => row.status,
		subject: (row) => row.subject,
	}),
	defaultOrder: (a, b) => (a.processed < b.processed ? 1 : -1),
	visible: (row, { user }) => maySee(row, user),
	show: (rows) =>
		rows.map((row) => ({
			...without(row, 'grants'),
			received: isoTime(row.received),
			processed: isoTime(row.processed),
		})),
};

function deleteProcessed(call: Call): Reply {
	const { mail_ids: ids = [] } = data(call);
	if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id)))
		return plain(400, 'mail_ids must be a list of integers');
	const { store, user } = call;
	for (const id of ids as number[]) {
		const row = store.processed_mail.get(id);
		if (row && !mayChange(row, user)) return forbiddenText();
		store.processed_mail.delete(id);
	}
	return ok({ result: 'OK', deleted_mail_ids: ids });
}

const model = 'mailaccount';
const since = 'nestedTags';

export const mailRoutes: Route[] = [
	{ path: 'mail_accounts/test/', on: { POST: test } },
	{ path: 'mail_accounts/:id/process/', model, on: { POST: processMail } },
	...objectRoutes(accounts),
	...objectRoutes(rules),
	{
		path: 'processed_mail/bulk_delete/',
		since,
		model: 'processedmail',
		on: { POST: deleteProcessed },
	},
	...objectRoutes(processed).map(({ on: { GET }, ...route }) => ({
		...route,
		since: since as 'nestedTags',
		on: GET ? { GET } : {},
	})),
	{
		path: 'oauth/callback/',
		on: { GET: () => plain(400, 'Invalid request, see logs for more detail') },
	},
];
