import { profiles, recordedNames } from '../../../sandbox/profiles.mts';
import type { RecordedName } from '../../../sandbox/profiles.mts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Endpoint {
	/** Below `/api/`; `{}` stands for an id or a name. */
	path: string;
	methods: readonly Method[];
	servers: readonly RecordedName[];
	/** Why the operations do without it, or without some of its methods. */
	leftOut: Partial<Record<Method, LeftOut>>;
}

/**
 * What the operations may do without. Whatever else they leave out is the same data by another
 * route, or of no use in a workflow: *API Call* sends it.
 */
export const kindsOfLeftOut = {
	login: 'browsers and logins',
	whole: 'whole objects',
	deprecated: 'deprecated',
	apiCall: 'by API Call only',
} as const;

export interface LeftOut {
	kind: keyof typeof kindsOfLeftOut;
	reason: string;
}

const all = recordedNames;
const from219 = all.filter((name) => profiles[name].longTextFields);
const from3 = all.filter((name) => profiles[name].documentVersions);

const because =
	(kind: LeftOut['kind']) =>
	(reason: string): LeftOut => ({ kind, reason });
const login = because('login');
const deprecated = because('deprecated');
const byApiCall = because('apiCall');

const endpoint = (
	path: string,
	names: string,
	leftOut: Endpoint['leftOut'] = {},
	servers: readonly RecordedName[] = all,
): Endpoint => ({ path, methods: names.split(' ') as Method[], servers, leftOut });

const wholly = because('whole')(
	'It replaces the whole object, and one without an owner is everybody’s; PATCH is sent.',
);

const wholeRoute = (leftOut: LeftOut): Endpoint['leftOut'] => ({
	GET: leftOut,
	POST: leftOut,
	PUT: leftOut,
	PATCH: leftOut,
	DELETE: leftOut,
});

const objects = (
	name: string,
	servers = all,
	{ list, one }: { list?: Endpoint['leftOut']; one?: Endpoint['leftOut'] } = {},
): Endpoint[] => [
	endpoint(`${name}/`, 'GET POST', list, servers),
	endpoint(`${name}/{}/`, 'GET PUT PATCH DELETE', one ?? { PUT: wholly }, servers),
];

const partsOfWorkflows = (name: string): Endpoint[] => {
	const list = wholeRoute(
		byApiCall('Triggers and actions are read and written with their workflow.'),
	);
	return objects(name, all, { list, one: { ...list, PUT: wholly } });
};

const secret = wholeRoute(
	login('The node has a token and handles neither passwords nor the making of tokens.'),
);
const person = wholeRoute(login('Concerns the person at the browser, not documents.'));
const browser = wholeRoute(login('For the login of browsers.'));

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
	endpoint('documents/{}/email/', 'POST', { POST: deprecated('documents/email/ is sent.') }, from219),
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
		{ PUT: wholly, PATCH: deprecated('Later servers do not change a link; a new one is made.') },
		['2.15.3'],
	),
	endpoint('share_links/{}/', 'GET DELETE', {}, from219),
	...objects('share_link_bundles', from3, {
		one: { PUT: wholly, PATCH: byApiCall('A bundle is packed once; a new one is made.') },
	}),
	endpoint('share_link_bundles/{}/rebuild/', 'POST', {}, from3),

	endpoint('tasks/', 'GET'),
	endpoint('tasks/{}/', 'GET'),
	endpoint('tasks/acknowledge/', 'POST'),
	endpoint('tasks/run/', 'POST'),
	endpoint('tasks/summary/', 'GET', {}, from3),
	endpoint('tasks/status_counts/', 'GET', {}, from3),
	endpoint(
		'tasks/active/',
		'GET',
		{ GET: byApiCall('The list of tasks has them, and more than 50.') },
		from3,
	),
	endpoint('trash/', 'GET POST'),
	endpoint(
		'trash/{}/',
		'GET POST',
		wholeRoute(byApiCall('Answers like the list, whatever the id.')),
	),

	...objects('workflows'),
	...partsOfWorkflows('workflow_triggers'),
	...partsOfWorkflows('workflow_actions'),
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
		POST: login('The settings of a user’s web page; what is not sent is lost.'),
	}),
	endpoint('config/', 'GET POST', {
		POST: byApiCall('There is one configuration, which PATCH changes.'),
	}),
	endpoint('config/{}/', 'GET PUT PATCH DELETE', {
		GET: byApiCall('The list has the only one.'),
		PUT: wholly,
		DELETE: byApiCall('A server needs its configuration; null restores a default.'),
	}),
	endpoint('logs/', 'GET'),
	endpoint('logs/{}/', 'GET'),
	endpoint('schema/', 'GET', { GET: byApiCall('Describes the API; the operations know it.') }),
	endpoint('schema/view/', 'GET', { GET: login('A page for browsers.') }),
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
