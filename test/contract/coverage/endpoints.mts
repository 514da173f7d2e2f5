import { profiles, recordedNames } from '../../../sandbox/profiles.mts';
import type { RecordedName } from '../../../sandbox/profiles.mts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Endpoint {
	/** Below `/api/`; `{}` stands for an id or a name. */
	path: string;
	methods: readonly Method[];
	servers: readonly RecordedName[];
	/** Why the operations do without it, or without some of its methods. */
	leftOut: Partial<Record<Method, string>>;
}

const all = recordedNames;
const from219 = all.filter((name) => profiles[name].longTextFields);
const from3 = all.filter((name) => profiles[name].documentVersions);

type LeftOut = string | Endpoint['leftOut'];

const endpoint = (
	path: string,
	names: string,
	leftOut: LeftOut = {},
	servers: readonly RecordedName[] = all,
): Endpoint => {
	const methods = names.split(' ') as Method[];
	const reasons =
		typeof leftOut === 'string'
			? Object.fromEntries(methods.map((method) => [method, leftOut]))
			: leftOut;
	return { path, methods, servers, leftOut: reasons };
};

const wholly =
	'It replaces the whole object, and one without an owner is everybody’s; PATCH is sent.';

const objects = (
	name: string,
	servers = all,
	{ list, one }: { list?: LeftOut; one?: LeftOut } = {},
): Endpoint[] => [
	endpoint(`${name}/`, 'GET POST', list, servers),
	endpoint(`${name}/{}/`, 'GET PUT PATCH DELETE', one ?? { PUT: wholly }, servers),
];

const allLeftOut = (name: string, reason: string): Endpoint[] =>
	objects(name, all, { list: reason, one: reason });

const parts = 'Triggers and actions are read and written with their workflow.';
const secret = 'The node has a token and handles neither passwords nor the making of tokens.';
const person = 'Concerns the person at the browser, not documents.';
const browser = 'For the login of browsers.';
const taskList = 'The list of tasks tells it on all servers.';

/** What the servers offer. The recordings of real servers say so by their `Allow` headers. */
export const endpoints: readonly Endpoint[] = [
	endpoint('token/', 'POST', secret),
	endpoint('profile/', 'GET PATCH', person),
	endpoint('profile/generate_auth_token/', 'POST', secret),
	endpoint('profile/disconnect_social_account/', 'POST', person),
	endpoint('profile/social_account_providers/', 'GET', person),
	endpoint('auth/headless/{}/', 'GET POST', browser, from3),
	endpoint('oauth/callback/', 'GET', browser),
	...objects('users'),
	endpoint('users/{}/deactivate_totp/', 'POST', secret),
	...objects('groups'),

	endpoint('documents/', 'GET'),
	endpoint('documents/{}/', 'GET PUT PATCH DELETE', { PUT: wholly }),
	...['download', 'preview', 'thumb', 'metadata', 'suggestions', 'history', 'share_links'].map(
		(part) => endpoint(`documents/{}/${part}/`, 'GET'),
	),
	endpoint('documents/{}/notes/', 'GET POST DELETE'),
	endpoint('documents/{}/email/', 'POST', {}, ['2.15.3']),
	endpoint('documents/{}/email/', 'POST', 'Deprecated; documents/email/ is sent.', from219),
	endpoint('documents/email/', 'POST', {}, from219),
	endpoint('documents/{}/ai_suggestions/', 'GET', {}, from3),
	endpoint('documents/{}/root/', 'GET', {}, from3),
	endpoint('documents/{}/update_version/', 'POST', {}, from3),
	endpoint('documents/{}/versions/{}/', 'PATCH DELETE', {}, from3),
	endpoint('documents/chat/', 'POST', {}, from3),
	endpoint('documents/next_asn/', 'GET'),
	endpoint('documents/post_document/', 'POST'),
	endpoint('documents/bulk_edit/', 'POST'),
	endpoint('documents/bulk_download/', 'POST'),
	endpoint('documents/selection_data/', 'POST'),
	...['reprocess', 'rotate', 'merge', 'edit_pdf', 'remove_password'].map((method) =>
		endpoint(`documents/${method}/`, 'POST', {}, from3),
	),
	// 3.0.5 lacks this route; later servers have it.
	endpoint('documents/merge_as_versions/', 'POST', {}, from3),
	// Before 3.2 it separates a document from its versions; sent from then on.
	endpoint('documents/delete/', 'POST', {}, from3),
	endpoint('bulk_edit_objects/', 'POST'),

	...['tags', 'correspondents', 'document_types', 'storage_paths', 'custom_fields'].flatMap(
		(name) => objects(name),
	),
	endpoint('storage_paths/test/', 'POST'),
	...objects('saved_views'),
	endpoint('share_links/', 'GET POST'),
	endpoint(
		'share_links/{}/',
		'GET PUT PATCH DELETE',
		{ PUT: wholly, PATCH: 'Later servers do not change a link; a new one is made on all of them.' },
		['2.15.3'],
	),
	endpoint('share_links/{}/', 'GET DELETE', {}, from219),
	...objects('share_link_bundles', from3, {
		one: { PUT: wholly, PATCH: 'It changes which files a bundle holds; a new bundle is made.' },
	}),
	endpoint('share_link_bundles/{}/rebuild/', 'POST', {}, from3),

	endpoint('tasks/', 'GET'),
	endpoint('tasks/{}/', 'GET', 'Takes the id of the row; the list finds a task by its UUID.'),
	endpoint('tasks/acknowledge/', 'POST'),
	endpoint('tasks/run/', 'POST'),
	...['summary', 'status_counts', 'active'].map((name) =>
		endpoint(`tasks/${name}/`, 'GET', taskList, from3),
	),
	endpoint('trash/', 'GET POST'),
	endpoint('trash/{}/', 'GET POST', 'Answers like the list, whatever the id.'),

	...objects('workflows'),
	...allLeftOut('workflow_triggers', parts),
	...allLeftOut('workflow_actions', parts),
	...objects('mail_accounts'),
	endpoint('mail_accounts/test/', 'POST'),
	endpoint('mail_accounts/{}/process/', 'POST'),
	...objects('mail_rules'),
	endpoint('processed_mail/', 'GET', {}, from219),
	endpoint('processed_mail/{}/', 'GET', {}, from219),
	endpoint('processed_mail/bulk_delete/', 'POST', {}, from219),

	endpoint('search/', 'GET'),
	endpoint('search/autocomplete/', 'GET'),
	endpoint('statistics/', 'GET'),
	endpoint('status/', 'GET'),
	endpoint('remote_version/', 'GET'),
	endpoint('ui_settings/', 'GET POST', {
		POST: 'It replaces the settings of the user’s web page; what is not sent is lost.',
	}),
	endpoint('config/', 'GET POST', { POST: 'There is one configuration, which PATCH changes.' }),
	endpoint('config/{}/', 'GET PUT PATCH DELETE', {
		GET: 'The list has the only one.',
		PUT: 'PATCH is sent.',
		DELETE: 'A server needs its configuration.',
	}),
	endpoint('logs/', 'GET'),
	endpoint('logs/{}/', 'GET'),
	endpoint('schema/', 'GET', 'Describes the API to people; the package knows it.'),
	endpoint('schema/view/', 'GET', 'A page for browsers.'),
];

const segments = (path: string): string[] => path.split('/');

const fits = (endpointPath: string, path: string): boolean => {
	const [known, asked] = [segments(endpointPath), segments(path)];
	return (
		known.length === asked.length &&
		known.every((segment, index) => segment === '{}' || segment === asked[index])
	);
};

/** Which endpoint of a server answers at a path below `/api/`: the one with the fewest placeholders. */
export function endpointAt(
	server: RecordedName,
	path: string,
	table = endpoints,
): Endpoint | undefined {
	const placeholders = (one: Endpoint): number => one.path.split('{}').length;
	const [first] = table
		.filter((one) => one.servers.includes(server) && fits(one.path, path))
		.toSorted((a, b) => placeholders(a) - placeholders(b));
	return first;
}
