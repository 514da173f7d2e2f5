import { boolean, dictionary, references, text, validate, wrong } from './fields.mts';
import type { Check, Field } from './fields.mts';
import { textLookups } from './filters.mts';
import { crash, data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Route } from './http.mts';
import { userWithPassword } from './negotiation.mts';
import { compareKeys } from './objectList.mts';
import { idParam, objectRoutes } from './objects.mts';
import type { Kind } from './objects.mts';
import { allPermissions, codename, effectivePermissions } from './permissions.mts';
import { Table, tokenOf } from './store.mts';
import type { Grants, Group, Row, Store, User } from './store.mts';
import { isoTime } from './times.mts';
import { randomBytes } from 'node:crypto';

const permissionList: Check = (value, store) => {
	if (!Array.isArray(value)) return wrong('Expected a list of items.');
	const known = allPermissions(store.profile).map(codename);
	const stranger = value.find((name) => !known.includes(name));
	return stranger === undefined
		? known.filter((name) => value.includes(name))
		: wrong(`Object with codename=${stranger} does not exist.`);
};

const isMask = (password: unknown): boolean => /^\**$/.test(String(password));

const passwordCheck: Check = (value, store) => {
	const password = text({ trim: false })(value, store) as string;
	if (isMask(password) || !store.profile.longTextFields) return password;
	const problems = [
		password.length < 8 && 'This password is too short. It must contain at least 8 characters.',
		/^(123|12345678901|password)$/.test(password) && 'This password is too common.',
		/^\d+$/.test(password) && 'This password is entirely numeric.',
	].filter((problem) => problem !== false);
	return problems.length > 0 ? wrong(...problems) : password;
};

const username: Check = (value, store) => {
	const name = text({ max: 150 })(value, store) as string;
	return /^[\w.@+-]+$/.test(name)
		? name
		: wrong(
				'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
			);
};

const email: Check = (value, store) => {
	const address = text({ max: 254, blank: true })(value, store) as string;
	return address === '' || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address)
		? address
		: wrong('Enter a valid email address.');
};

const personFields: Record<string, Field> = {
	email: { check: email, initial: () => '' },
	first_name: { check: text({ max: 150, blank: true }), initial: () => '' },
	last_name: { check: text({ max: 150, blank: true }), initial: () => '' },
};

/** Has the length of the hash that the server masks. */
const mask = (user: User, { profile }: Call): string =>
	'*'.repeat(user.password === null ? 10 : profile.documentVersions ? 89 : 88);

/** Since 2.20 a user cannot gain rights by changing others. */
function requireRank(call: Call, existing: User | undefined): void {
	const { user, method, profile } = call;
	if (user.is_superuser) return;
	const body = method === 'DELETE' ? {} : data(call);
	const asked = (name: 'is_superuser' | 'is_staff') =>
		body[name] !== undefined && body[name] !== (existing?.[name] ?? false);
	const verb = existing ? 'changed' : 'granted';
	if (profile.ownerGuarded && existing?.is_superuser) {
		const what = method === 'DELETE' ? 'deleted' : 'modified';
		refuse(403, `Superusers can only be ${what} by other superusers`);
	}
	if (asked('is_superuser')) refuse(403, `Superuser status can only be ${verb} by a superuser`);
	if (profile.ownerGuarded && asked('is_staff'))
		refuse(403, `Staff status can only be ${verb} by a superuser`);
}

type Linked = Row & { owner?: number | null; user?: number | null; grants?: Grants };

const tablesOf = (store: Store): Table<Linked>[] =>
	Object.values(store).filter((value): value is Table<Linked> => value instanceof Table);

/** Takes a user or a group out of all grants. */
function revokeAll(store: Store, side: 'users' | 'groups', id: number): void {
	for (const row of tablesOf(store).flatMap((table) => [...table.values()])) {
		for (const action of ['view', 'change'] as const) {
			if (!row.grants) continue;
			row.grants[action][side] = row.grants[action][side].filter((member) => member !== id);
		}
	}
}

/** What a user owned belongs to nobody afterwards, and notes keep no author. */
function forgetUser({ id }: User, { store }: Call): void {
	for (const row of tablesOf(store).flatMap((table) => [...table.values()]))
		if (row.owner === id) row.owner = null;
	for (const { notes } of store.documents.values())
		for (const note of notes) if (note.user === id) note.user = null;
	revokeAll(store, 'users', id);
}

export const users: Kind<User> = {
	path: 'users/',
	model: 'user',
	label: 'User',
	table: ({ store }) => store.users,
	requireChange: (row, call) => requireRank(call, row),
	remove: forgetUser,
	filters: textLookups('username', (user) => user.username),
	sortings: () => ({ username: (user) => user.username }),
	defaultOrder: (a, b) => compareKeys(a.username.toLowerCase(), b.username.toLowerCase()),
	fields: () => ({
		username: { check: username, required: true },
		password: { check: passwordCheck, initial: () => null },
		...personFields,
		is_staff: { check: boolean, initial: () => false },
		is_active: { check: boolean, initial: () => true },
		is_superuser: { check: boolean, initial: () => false },
		groups: { check: references('groups'), initial: () => [] },
		user_permissions: { check: permissionList, initial: () => [] },
	}),
	prepare: (values, call, existing) => {
		const { store } = call;
		if (!existing) requireRank(call, existing);
		const taken = store.users.find(
			(user) => user.username === values['username'] && user.id !== existing?.id,
		);
		if (taken) refuse(400, { username: ['A user with that username already exists.'] });
		const { password, ...rest } = values;
		const kept = existing
			? {}
			: { password: null, token: null, ui_settings: {}, date_joined: store.now() };
		const secret = password === undefined || isMask(password) ? {} : { password };
		return { ...kept, ...rest, ...secret } as Partial<User>;
	},
	show: (rows, call) =>
		rows.map((user) => ({
			id: user.id,
			username: user.username,
			email: user.email,
			password: mask(user, call),
			first_name: user.first_name,
			last_name: user.last_name,
			date_joined: isoTime(user.date_joined),
			is_staff: user.is_staff,
			is_active: user.is_active,
			is_superuser: user.is_superuser,
			groups: user.groups,
			user_permissions: user.user_permissions,
			inherited_permissions: inherited(user, call),
			is_mfa_enabled: false,
		})),
};

function inherited(user: User, { store, profile }: Call): string[] {
	const all = allPermissions(profile);
	if (user.is_superuser) return all;
	const names = new Set(user.groups.flatMap((id) => store.groups.get(id)?.permissions ?? []));
	return all.filter((permission) => names.has(codename(permission)));
}

export const groups: Kind<Group> = {
	path: 'groups/',
	model: 'group',
	label: 'Group',
	table: ({ store }) => store.groups,
	filters: textLookups('name', (group) => group.name),
	sortings: () => ({ name: (group) => group.name }),
	defaultOrder: (a, b) => compareKeys(a.name.toLowerCase(), b.name.toLowerCase()),
	fields: () => ({
		name: { check: text({ max: 150 }), required: true },
		permissions: { check: permissionList, required: true },
	}),
	prepare: (values, { store }, existing) => {
		const taken = store.groups.find(
			({ id, name }) => name === values['name'] && id !== existing?.id,
		);
		if (taken) refuse(400, { name: ['group with this name already exists.'] });
		return values as Partial<Group>;
	},
	remove: ({ id }, { store }) => {
		for (const user of store.users.values())
			user.groups = user.groups.filter((group) => group !== id);
		revokeAll(store, 'groups', id);
	},
	show: (rows) => rows.map(({ id, name, permissions }) => ({ id, name, permissions })),
};

const attempts = { perMinute: 5, window: 60_000 };

/** 3.0 throttles all requests for a token, successful or not. */
function throttle({ store, profile }: Call): void {
	if (!profile.tokenThrottled) return;
	const now = Date.now();
	const recent = store.tokenRequests.filter((time) => now - time < attempts.window);
	const oldest = recent[0];
	if (recent.length >= attempts.perMinute && oldest !== undefined) {
		const wait = Math.ceil((oldest + attempts.window - now) / 1000);
		refuse(
			429,
			{ detail: `Request was throttled. Expected available in ${wait} seconds.` },
			{ 'retry-after': String(wait) },
		);
	}
	store.tokenRequests = [...recent, now];
}

const token: Route = {
	path: 'token/',
	open: true,
	bare: true,
	before: throttle,
	on: {
		POST: (call) => {
			const body = data(call);
			const missing = ['username', 'password'].filter((name) => body[name] === undefined);
			if (missing.length > 0) {
				refuse(400, Object.fromEntries(missing.map((name) => [name, ['This field is required.']])));
			}
			const user = userWithPassword(call.store, String(body['username']), String(body['password']));
			if (!user)
				return refuse(400, { non_field_errors: ['Unable to log in with provided credentials.'] });
			user.token ??= tokenOf(user.username);
			return ok({ token: user.token });
		},
	},
};

const showProfile = (call: Call): object => ({
	email: call.user.email,
	password: mask(call.user, call),
	first_name: call.user.first_name,
	last_name: call.user.last_name,
	auth_token: call.user.token,
	social_accounts: [],
	has_usable_password: call.user.password !== null,
	is_mfa_enabled: false,
});

function changeProfile(call: Call): object {
	const fields = { ...personFields, password: { check: passwordCheck } };
	const { password, ...rest } = validate(fields, data(call), call.store, true);
	// 2.15 reads the password and crashes if it is missing.
	if (password === undefined && !call.profile.longTextFields) crash();
	const secret = password === undefined || isMask(password) ? {} : { password };
	Object.assign(call.user, rest, secret);
	return showProfile(call);
}

function uiSettings({ user, store, profile }: Call): object {
	const { id, username: name, is_staff, is_superuser, groups: memberships } = user;
	return {
		user: {
			id,
			username: name,
			is_staff,
			is_superuser,
			groups: memberships,
			...(user.first_name && { first_name: user.first_name }),
			...(user.last_name && { last_name: user.last_name }),
		},
		settings: {
			...user.ui_settings,
			update_checking: { backend_setting: 'default' },
			trash_delay: 30,
			...(profile.createdIsDate && { version: profile.name }),
			app_title: store.configuration['app_title'] || null,
			app_logo: null,
			auditlog_enabled: true,
			email_enabled: true,
			...(profile.documentVersions && { ai_enabled: false }),
		},
		permissions: effectivePermissions(store, user),
	};
}

export const accountRoutes: Route[] = [
	token,
	...objectRoutes(users),
	{
		path: 'users/:id/deactivate_totp/',
		model: 'user',
		on: {
			POST: (call) =>
				call.store.users.get(idParam(call.params['id'] ?? ''))
					? plain(404, 'TOTP not found')
					: detail(404, 'Not found.'),
		},
	},
	...objectRoutes(groups),
	{
		path: 'profile/',
		on: { GET: (call) => ok(showProfile(call)), PATCH: (call) => ok(changeProfile(call)) },
	},
	{ path: 'profile/social_account_providers/', on: { GET: () => ok([]) } },
	{
		path: 'profile/disconnect_social_account/',
		on: { POST: () => plain(400, 'Social account not found') },
	},
	{
		path: 'profile/generate_auth_token/',
		on: {
			POST: ({ user }) => {
				user.token = randomBytes(20).toString('hex');
				return ok(user.token);
			},
		},
	},
	{
		path: 'ui_settings/',
		model: 'uisettings',
		on: {
			GET: (call) => ok(uiSettings(call)),
			POST: (call) => {
				const fields = { settings: { check: dictionary } };
				const loose = !call.profile.createdIsDate;
				const { settings } = loose ? data(call) : validate(fields, data(call), call.store, true);
				call.user.ui_settings = (settings ?? {}) as Record<string, unknown>;
				return ok({ success: true });
			},
		},
	},
];
