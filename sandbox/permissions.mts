import type { Call } from './http.mts';
import { detail } from './http.mts';
import type { Profile } from './profiles.mts';
import { isYes } from './http.mts';
import type { Owned, Store, User } from './store.mts';

const models = `account:emailaddress account:emailconfirmation admin:logentry auditlog:logentry
auth:group auth:permission auth:user authtoken:token authtoken:tokenproxy contenttypes:contenttype
documents:correspondent documents:customfield documents:customfieldinstance documents:document
documents:documenttype documents:note documents:paperlesstask documents:savedview
documents:savedviewfilterrule documents:sharelink documents:storagepath documents:tag
documents:uisettings documents:workflow documents:workflowaction documents:workflowactionemail
documents:workflowactionwebhook documents:workflowrun documents:workflowtrigger
guardian:groupobjectpermission guardian:userobjectpermission mfa:authenticator
paperless:applicationconfiguration paperless_mail:mailaccount paperless_mail:mailrule
paperless_mail:processedmail sessions:session socialaccount:socialaccount socialaccount:socialapp
socialaccount:socialtoken`.split(/\s+/);
const until2 = [
	'documents:log',
	'django_celery_results:chordcounter',
	'django_celery_results:groupresult',
	'django_celery_results:taskresult',
];
const from3 = ['documents:sharelinkbundle'];

/** Every permission as `app.codename`. */
export function allPermissions(profile: Profile): string[] {
	const known = [...models, ...(profile.documentVersions ? from3 : until2)];
	const names = known.flatMap((model) => {
		const [app, name] = model.split(':');
		return ['add', 'change', 'delete', 'view'].map((action) => `${app}.${action}_${name}`);
	});
	return profile.documentVersions
		? [...names, 'paperless.view_global_statistics', 'paperless.view_system_monitoring']
		: names;
}

export const codename = (permission: string): string => permission.split('.').at(-1) ?? permission;

export function effectivePermissions(store: Store, user: User): string[] {
	if (user.is_superuser) return allPermissions(store.profile).map(codename);
	const fromGroups = user.groups.flatMap((id) => store.groups.get(id)?.permissions ?? []);
	return [...new Set([...user.user_permissions, ...fromGroups])];
}

export function may(store: Store, user: User, permission: string): boolean {
	store.askedPermissions.add(permission);
	return (
		user.is_superuser ||
		user.user_permissions.includes(permission) ||
		user.groups.some((id) => store.groups.get(id)?.permissions.includes(permission) === true)
	);
}

/** Administrators, and from 3.0 on whoever has the permission to monitor the system. */
export const mayMonitor = ({ store, user, profile }: Call): boolean =>
	user.is_staff || (profile.documentVersions && may(store, user, 'view_system_monitoring'));

const granted = (object: Owned, user: User, action: 'view' | 'change'): boolean =>
	object.grants[action].users.includes(user.id) ||
	object.grants[action].groups.some((id) => user.groups.includes(id));

export const isFree = (object: Pick<Owned, 'owner'>, user: User): boolean =>
	user.is_superuser || object.owner === null || object.owner === user.id;

export const maySee = (object: Owned, user: User): boolean =>
	isFree(object, user) || granted(object, user, 'view');

export const mayChange = (object: Owned, user: User): boolean =>
	isFree(object, user) || granted(object, user, 'change');

export const requireChange = (object: Owned, user: User): void => {
	if (!mayChange(object, user)) detail(403, forbidden);
};

export const forbidden = 'You do not have permission to perform this action.';

export function wantsFullPermissions(call: Call): boolean {
	const flag = call.query.filled('full_perms');
	return call.profile.strictFlags ? isYes(flag) : flag !== undefined;
}

/** The keys of an object's owner and permissions. */
export function permissionKeys(object: Owned, user: User, full: boolean): Record<string, unknown> {
	return full
		? { owner: object.owner, permissions: object.grants }
		: { owner: object.owner, user_can_change: mayChange(object, user) };
}

export const isShared = (object: Owned): boolean =>
	[object.grants.view, object.grants.change].some(
		({ users, groups }) => users.length + groups.length > 0,
	);
