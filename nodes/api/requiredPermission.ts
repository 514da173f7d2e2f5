import type { ApiRequest } from './httpTransport';
import { isRecord } from './json';

/** The permissions of the model `documenttype` guard `/api/document_types/3/`. */
const models: Readonly<Record<string, string>> = {
	tasks: 'paperlesstask',
	config: 'applicationconfiguration',
	ui_settings: 'uisettings',
};

const modelOf = (plural: string) => models[plural] ?? plural.replace(/_/g, '').replace(/s$/, '');

const verbs = {
	GET: 'view',
	POST: 'add',
	PUT: 'change',
	PATCH: 'change',
	DELETE: 'delete',
} as const;

const jsonOf = ({ body }: ApiRequest): Record<string, unknown> =>
	body && 'json' in body && isRecord(body.json) ? body.json : {};

/** The method of an edit of documents: in the body of `bulk_edit/`, else the name of the route. */
function documentEdit(call: ApiRequest): { name: string; parameters: Record<string, unknown> } {
	const [, action = ''] = /^api\/documents\/([a-z_]+)\/$/.exec(call.path) ?? [];
	const { method, parameters, ...flat } = jsonOf(call);
	if (action !== 'bulk_edit') return { name: action, parameters: flat };
	return { name: String(method), parameters: isRecord(parameters) ? parameters : {} };
}

const deletesOriginals = (parameters: Record<string, unknown>) =>
	parameters.delete_originals === true || parameters.delete_original === true;

/**
 * A bulk edit that creates or deletes documents needs more than the permission to change
 * (docs/paperless-api.md#bulk-edit-permissions).
 */
function forDocumentEdit(call: ApiRequest): string[] {
	const { name, parameters } = documentEdit(call);
	if (name === 'delete') return ['delete_document'];
	const creates = /^(merge|split)$/.test(name) || parameters.update_document === false;
	return [
		'change_document',
		...(creates ? ['add_document'] : []),
		...(deletesOriginals(parameters) || name === 'merge_as_versions' ? ['delete_document'] : []),
	];
}

function forBulkEditOfObjects(call: ApiRequest): string[] {
	const { object_type: plural, operation } = jsonOf(call);
	return [`${operation === 'delete' ? 'delete' : 'change'}_${modelOf(String(plural))}`];
}

/** Routes that edit documents; all but the first take the parameters of one method. */
const documentEdits = [
	'bulk_edit',
	'delete',
	'edit_pdf',
	'merge',
	'merge_as_versions',
	'remove_password',
	'reprocess',
	'rotate',
];

/** Routes that need other permissions than their method and model suggest. */
const exceptions: Readonly<Record<string, (call: ApiRequest) => string[]>> = {
	'GET documents/:id/history': () => ['view_logentry'],
	'POST documents/:id/update_version': () => ['add_document', 'change_document'],
	'POST documents/bulk_download': () => ['view_document'],
	...Object.fromEntries(documentEdits.map((name) => [`POST documents/${name}`, forDocumentEdit])),
	'POST documents/chat': () => ['view_document'],
	'POST documents/email': () => ['view_document'],
	'POST documents/selection_data': () => ['view_document'],
	'POST bulk_edit_objects': forBulkEditOfObjects,
	'POST mail_accounts/test': () => ['change_mailaccount'],
	'POST processed_mail/bulk_delete': () => ['add_processedmail', 'delete_processedmail'],
};

/** Methods of a bulk edit that only the owner of the documents may call. */
const ownerMethods = [
	'delete',
	'delete_pages',
	'edit_pdf',
	'merge_as_versions',
	'remove_password',
	'rotate',
	'set_permissions',
];

/**
 * Whether only the owner of the documents may make this request
 * (docs/paperless-api.md#bulk-edit-permissions).
 */
function isForOwners(call: ApiRequest): boolean {
	const { name, parameters } = documentEdit(call);
	return (
		ownerMethods.includes(name) || (/^(merge|split)$/.test(name) && deletesOriginals(parameters))
	);
}

const where = 'in Paperless-ngx under Settings → Users & Groups.';

const roles: Readonly<Record<string, string>> = {
	'GET logs': `Only users who are marked as “Admin” may read logs. Set this mark ${where}`,
	'GET status': `Only users who are marked as “Admin” may read the status; from Paperless-ngx 3.0 on the permission “view_system_monitoring” suffices. Set either ${where}`,
	'POST tasks/acknowledge': `It requires the permission “change_paperlesstask” (“add_paperlesstask” before Paperless-ngx 2.19). An administrator grants it ${where}`,
	'POST tasks/run': `Only users who are marked as “Superuser” may start tasks. Set this mark ${where}`,
	'POST trash':
		'Only the owner of a document in the trash may restore it or delete it permanently.',
};

/**
 * Edits of tags, correspondents, document types and storage paths for which the right to change the
 * object is not enough (docs/paperless-api.md#owner-only-edits).
 */
const areObjectsForOwners = (call: ApiRequest, route: string): boolean =>
	route === 'bulk_edit_objects' ||
	(/^(tags|correspondents|document_types|storage_paths|saved_views)\/:id$/.test(route) &&
		call.method === 'PATCH' &&
		('owner' in jsonOf(call) || 'set_permissions' in jsonOf(call)));

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(' and ');

/** Why a user who has every permission for a request may not make it. */
const notOwner = (names: readonly string[], owned: string) =>
	`The user has ${quoted(names)}, but only the owner of ${owned} may do this. Use the token of the owner or of a superuser.`;

const noAccess = (names: readonly string[]) =>
	`The user has ${quoted(names)}, but no access to this object. Its owner or an administrator can grant access.`;

/**
 * Says what a rejected request requires (docs/paperless-api.md#permission-checks). `held` are the
 * permissions of the token's user, where the server reported them: then only a permission that is
 * missing is blamed.
 */
export function requiredPermission(call: ApiRequest, held?: ReadonlySet<string>): string {
	const route = call.path
		.replace(/^api\//, '')
		.replace(/\/$/, '')
		.replace(/\d+/g, ':id');
	const [resource = '', , sub] = route.split('/');
	const key = `${call.method} ${route}`;
	const role = roles[key] ?? roles[`${call.method} ${resource}`];
	if (role !== undefined) return role;
	const model = modelOf(sub === 'notes' ? sub : resource);
	const permissions = exceptions[key]?.(call) ?? [`${verbs[call.method]}_${model}`];
	const owned = isForOwners(call)
		? 'a document'
		: areObjectsForOwners(call, route)
			? 'the object'
			: undefined;
	// Every edit of documents is a change as well.
	const checked =
		exceptions[key] === forDocumentEdit ? ['change_document', ...permissions] : permissions;
	const missing = [...new Set(checked)].filter((name) => !held?.has(name));
	if (missing.length === 0) return owned ? notOwner(permissions, owned) : noAccess(permissions);
	if (held) return `The user lacks ${quoted(missing)}. An administrator grants it ${where}`;
	const access = owned
		? `Only the owner of ${owned} or a superuser may do this`
		: 'Where the object has an owner, it also requires access to the object';
	return `It may require the permission ${quoted(permissions)}. ${access}. An administrator grants permissions ${where}`;
}
