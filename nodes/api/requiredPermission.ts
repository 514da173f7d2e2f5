import type { ApiRequest } from './httpTransport';
import { isRecord } from './json';

/** The permissions of the model `documenttype` guard `/api/document_types/3/`. */
const models: Readonly<Record<string, string>> = {
	tasks: 'paperlesstask',
	config: 'applicationconfiguration',
	ui_settings: 'uisettings',
};

const modelOf = (plural: string) => models[plural] ?? plural.replace(/_/g, '').replace(/s$/, '');

const verbs = { GET: 'view', POST: 'add', PATCH: 'change', DELETE: 'delete' } as const;

const jsonOf = ({ body }: ApiRequest): Record<string, unknown> =>
	body && 'json' in body && isRecord(body.json) ? body.json : {};

/**
 * A bulk edit that creates or deletes documents needs more than the permission to change
 * (docs/paperless-api.md#bulk-edit-permissions).
 */
function forBulkEdit(call: ApiRequest): string[] {
	const { method, parameters: given } = jsonOf(call);
	if (method === 'delete') return ['delete_document'];
	const parameters = isRecord(given) ? given : {};
	const name = String(method);
	const creates = /^(merge|split)$/.test(name) || parameters.update_document === false;
	const deletes = parameters.delete_originals === true || parameters.delete_original === true;
	return [
		'change_document',
		...(creates ? ['add_document'] : []),
		...(deletes ? ['delete_document'] : []),
	];
}

function forBulkEditOfObjects(call: ApiRequest): string[] {
	const { object_type: plural, operation } = jsonOf(call);
	return [`${operation === 'delete' ? 'delete' : 'change'}_${modelOf(String(plural))}`];
}

/** Routes that need other permissions than their method and model suggest. */
const exceptions: Readonly<Record<string, (call: ApiRequest) => string[]>> = {
	'GET documents/:id/history': () => ['view_logentry'],
	'POST documents/:id/update_version': () => ['add_document', 'change_document'],
	'POST documents/bulk_download': () => ['view_document'],
	'POST documents/bulk_edit': forBulkEdit,
	'POST documents/chat': () => ['view_document'],
	'POST documents/email': () => ['view_document'],
	'POST documents/selection_data': () => ['view_document'],
	'POST bulk_edit_objects': forBulkEditOfObjects,
};

const where = 'in Paperless-ngx under Settings → Users & Groups.';

const roles: Readonly<Record<string, string>> = {
	'GET logs': `Only users who are marked as “Admin” may read logs. Set this mark ${where}`,
	'GET status': `Only users who are marked as “Admin” may read the status; from Paperless-ngx 3.0 on the permission “view_system_monitoring” suffices. Set either ${where}`,
	'POST tasks/acknowledge': `It requires the permission “change_paperlesstask” (“add_paperlesstask” before Paperless-ngx 2.19). An administrator grants it ${where}`,
	'POST tasks/run': `Only users who are marked as “Superuser” may start tasks. Set this mark ${where}`,
	'POST trash': 'Only the owner of a document may restore it from the trash.',
};

/**
 * Edits of tags, correspondents, document types and storage paths for which the right to change the
 * object is not enough (docs/paperless-api.md#owner-only-edits).
 */
const isForOwners = (call: ApiRequest, route: string): boolean =>
	route === 'bulk_edit_objects' ||
	(/^(tags|correspondents|document_types|storage_paths|saved_views)\/:id$/.test(route) &&
		call.method === 'PATCH' &&
		('owner' in jsonOf(call) || 'set_permissions' in jsonOf(call)));

/** Says which permission a rejected request requires (docs/paperless-api.md#permission-checks). */
export function requiredPermission(call: ApiRequest): string {
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
	const names = permissions.map((name) => `“${name}”`).join(' and ');
	if (isForOwners(call, route)) {
		return `It requires the permission ${names}, and where the object has an owner, only its owner or a superuser may do this. An administrator grants permissions ${where}`;
	}
	return `It requires the permission ${names} and, where the object has an owner, access to the object. An administrator grants both ${where}`;
}
