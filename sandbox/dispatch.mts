import { accountRoutes } from './accounts.mts';
import { bulkEditRoutes } from './bulkEdit.mts';
import { bulkEditObjectsRoutes } from './bulkEditObjects.mts';
import { classificationRoutes } from './classification.mts';
import { configurationRoutes } from './configuration.mts';
import { consumeRoutes } from './consume.mts';
import { detailRoutes } from './details.mts';
import { documentRoutes } from './documents.mts';
import { emailRoutes } from './email.mts';
import { fileRoutes } from './files.mts';
import { FieldError } from './fields.mts';
import { historyRoutes } from './history.mts';
import { globalSearchRoutes } from './globalSearch.mts';
import { Refusal, detail, ok, refuse } from './http.mts';
import type { Call, Method, Query, Reply, RequestBody, Route } from './http.mts';
import { mailRoutes } from './mail.mts';
import { anonymousRefusal, authenticate, negotiate } from './negotiation.mts';
import { noteRoutes } from './notes.mts';
import { loginPage, missingToken, toLogin } from './pages.mts';
import { forbidden, may } from './permissions.mts';
import { savedViewRoutes } from './savedViews.mts';
import { shareLinkRoutes, sharedFile } from './shareLinks.mts';
import type { Store, User } from './store.mts';
import { strange } from './strangers.mts';
import { systemRoutes } from './system.mts';
import { taskRoutes } from './tasks.mts';
import { translated } from './translations.mts';
import { trashRoutes } from './trash.mts';
import { versionRoutes } from './versions.mts';
import { workflowRoutes } from './workflows.mts';

const routes: Route[] = [
	...consumeRoutes,
	...bulkEditRoutes,
	...bulkEditObjectsRoutes,
	...fileRoutes,
	...emailRoutes,
	...versionRoutes,
	...documentRoutes,
	...noteRoutes,
	...detailRoutes,
	...historyRoutes,
	...classificationRoutes,
	...accountRoutes,
	...savedViewRoutes,
	...shareLinkRoutes,
	...workflowRoutes,
	...mailRoutes,
	...globalSearchRoutes,
	...taskRoutes,
	...trashRoutes,
	...configurationRoutes,
	...systemRoutes,
];

const patterns = routes.map((route) => ({
	route,
	pattern: new RegExp(`^/api/${route.path.replace(/:(\w+)/g, '(?<$1>[^/.]+)')}$`),
}));

export interface IncomingRequest {
	method: string;
	path: string;
	search: string;
	query: Query;
	origin: string;
	headers: Record<string, string | string[] | undefined>;
	body: RequestBody;
}

const nobody = {
	id: 0,
	username: 'AnonymousUser',
	is_superuser: false,
	is_staff: false,
	groups: [],
	user_permissions: [],
} as unknown as User;

/** Checks a request in the same order as Django REST framework. */
export async function dispatch(store: Store, request: IncomingRequest): Promise<Reply> {
	const found = findRoute(store, request.path);
	if (found === undefined) return outsideApi(store, request);
	const { route, params } = found;
	const headers: Record<string, string> = {
		allow: allowedMethods(route),
		date: store.date().toUTCString(),
		vary: route.bare ? 'Accept-Language, origin, Cookie' : vary,
	};
	try {
		const { apiVersion, html } = route.bare
			? { apiVersion: store.profile.apiVersions.at(-1) as number, html: false }
			: negotiate(store.profile, header(request, 'accept'), request.query);
		const user = route.bare ? null : authenticate(store, header(request, 'authorization'));
		if (user === null && !route.open) throw anonymousRefusal(store.profile);
		if (user !== null) Object.assign(headers, versionHeaders(store));
		const method = request.method === 'HEAD' ? 'GET' : request.method;
		const call: Call = {
			...request,
			method: method as Method,
			store,
			profile: store.profile,
			params,
			user: user ?? nobody,
			apiVersion,
			parsers: route.parsers ?? ['json', 'form', 'multipart'],
		};
		requirePermission(route, call);
		route.before?.(call);
		const reply = strange(store, await answer(route, call, html));
		return { ...reply, headers: { ...headers, ...reply.headers } };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { reply } = error;
		const own = reply.status === 500 ? versionHeaders(store) : headers;
		return translated(header(request, 'accept-language'), {
			...strange(store, reply),
			headers: { ...own, ...reply.headers },
		});
	}
}

async function answer(route: Route, call: Call, html: boolean): Promise<Reply> {
	if ((call.method as string) === 'OPTIONS') return ok(description(route));
	const handler = route.on[call.method] ?? detail(405, `Method "${call.method}" not allowed.`);
	try {
		const reply = await handler(call);
		return html && reply.json !== undefined ? browsable(reply) : reply;
	} catch (error) {
		if (error instanceof FieldError) return refuse(400, { non_field_errors: error.messages });
		throw error;
	}
}

function caught(answers: () => Reply): Reply {
	try {
		return answers();
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

const browsable = ({ status, json }: Reply): Reply => ({
	status,
	text: `<!DOCTYPE html>\n<html>\n<head><title>Browsable API</title></head>\n<body><pre>${JSON.stringify(json)}</pre></body>\n</html>\n`,
});

const vary = 'Accept, Accept-Language, origin, Cookie';

const versionHeaders = ({ profile }: Store): Record<string, string> => ({
	'x-api-version': String(profile.apiVersions.at(-1)),
	'x-version': profile.name,
});

const header = ({ headers }: IncomingRequest, name: string): string | undefined => {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
};

function findRoute(
	{ profile }: Store,
	path: string,
): { route: Route; params: Record<string, string> } | undefined {
	for (const { route, pattern } of patterns) {
		if (route.since && !profile[route.since]) continue;
		const groups = pattern.exec(path);
		if (groups) return { route, params: { ...groups.groups } };
	}
	return undefined;
}

function allowedMethods({ on }: Route): string {
	const order: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
	const own = order.filter((method) => on[method]);
	return [...own, ...(on.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

const actions: Record<string, string> = {
	POST: 'add',
	PUT: 'change',
	PATCH: 'change',
	DELETE: 'delete',
};

function requirePermission({ model }: Route, { store, user, method }: Call): void {
	if (model === undefined) return;
	const action = actions[method] ?? 'view';
	if (!may(store, user, `${action}_${model}`)) detail(403, forbidden);
}

const description = ({ name, path }: Route): object => ({
	name: name ?? path,
	description: '',
	renders: ['application/json', 'text/html'],
	parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
});

/** The server's last route is its web app, so a wrong path is never simply unknown. */
function outsideApi(store: Store, { method, path, search }: IncomingRequest): Reply {
	const [, slug] = /^\/share\/([^/]+)\/?$/.exec(path) ?? [];
	if (slug !== undefined) return caught(() => sharedFile(store, slug));
	if (path === '/api/') return { status: 302, text: '', headers: { location: 'schema/view/' } };
	if (path === '/accounts/login/') return loginPage();
	if (method === 'GET' || method === 'HEAD')
		return toLogin(`${path.replace(/%2F/gi, '/')}${search}`);
	return missingToken();
}
