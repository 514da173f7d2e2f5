import { z } from 'zod';
import { becameVersion, documentOf } from './becameVersion';
import type { Conceal } from './concealer';
import { concealer, shortestPassword } from './concealer';
import { PaperlessError } from './errors';
import { explainFailure } from './explainFailure';
import { explainReply, orMissingRoute } from './explainReply';
import { explainUnreadable } from './explainUnreadable';
import type {
	ApiRequest,
	ByteStream,
	HttpFailure,
	HttpReply,
	HttpRequest,
	HttpTransport,
	Query,
	RequestBody,
} from './httpTransport';
import { fillLists } from './fillLists';
import { failed } from './httpTransport';
import { parseJson } from './json';
import { KnownServers } from './knownServers';
import type { Capability } from './server';
import { sentSecrets } from './sentSecrets';
import { offersOnlyNewer, Server, serverFrom } from './server';

/** Waits the given milliseconds. Throws early when the execution is canceled. */
export type Wait = (milliseconds: number) => Promise<void>;

/** Turns JSON into a value, or rejects it. */
export type Schema<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Servers seen by this process: their version is requested once, not per execution. */
const knownServers = new KnownServers();

/** The smallest reply there is. A refusal names the version as well, and a token may be for uploads only. */
const smallest = { method: 'GET', path: 'api/documents/next_asn/' } as const;

const retriedStatuses = [429, 502, 503, 504];
const retriedFailures = ['interrupted', 'refused'];
const maxRetries = 3;
const maxRetryDelay = 30_000;

/**
 * Whether Paperless-ngx itself answers: a proxy in front of a server that is down sends a page, not
 * JSON (docs/paperless-api.md#replies-that-are-not-repeated).
 */
const isServersOwn = ({ status, body }: HttpReply<unknown>): boolean =>
	status >= 500 && typeof body === 'string' && parseJson(body).ok;

/** Milliseconds to wait before a read is repeated; `undefined` when it is not repeated. */
function retryDelay(reply: HttpReply<unknown> | HttpFailure, attempt: number): number | undefined {
	if (attempt >= maxRetries) return undefined;
	const backOff = 500 * 2 ** attempt;
	if (failed(reply)) return retriedFailures.includes(reply.failure) ? backOff : undefined;
	if (!retriedStatuses.includes(reply.status) || isServersOwn(reply)) return undefined;
	const wanted = Number(reply.headers['retry-after']) * 1000;
	if (wanted > maxRetryDelay) return undefined;
	return wanted >= 0 ? wanted : backOff;
}

/** Words that JavaScript makes of numbers that are none, and what leads to another route. */
const oddPath = /(^|\/)(-?Infinity|NaN|null|undefined|\.{1,2})(\/|$)|[\\?#%\s]/;

function requireRoute({ path }: ApiRequest): void {
	if (!oddPath.test(path)) return;
	throw new PaperlessError('invalid', `“${path}” is not a route of Paperless-ngx`, {
		description: 'An ID in it is not a whole number. Check the expressions of this node.',
	});
}

const rootReply = z.object({ root_id: z.number() });
const heldPermissions = z.object({ permissions: z.array(z.string()) });

function jsonOf({ body }: HttpReply<string>): unknown {
	const parsed = parseJson(body);
	return parsed.ok ? parsed.json : undefined;
}

const succeeded = ({ status }: HttpReply<unknown>) => status >= 200 && status < 300;

/**
 * Speaks HTTP with one server. It agrees on a version of the API, repeats reads when the server is
 * busy or restarting, sends writes once, and turns every failure into a `PaperlessError`.
 */
export class Connection {
	private readonly transport: HttpTransport;
	readonly wait: Wait;
	private readonly route: string;
	private readonly conceal: Conceal;
	/** Whether this connection has seen which version the server has now. */
	private isCurrent = false;
	private held: Promise<ReadonlySet<string> | undefined> | undefined;
	private learning: Promise<Server> | undefined;
	/** When the server sent its last reply, in milliseconds since 1970; `undefined` where a proxy removes the header. */
	serverTime: number | undefined;

	constructor(transport: HttpTransport, wait: Wait) {
		this.transport = transport;
		this.wait = wait;
		this.conceal = concealer(transport.secrets ?? []);
		// Another credential may reach another server through the same address.
		this.route = JSON.stringify([transport.baseUrl, transport.credential ?? '']);
	}

	get baseUrl(): string {
		return this.transport.baseUrl;
	}

	private get known(): Server | undefined {
		return knownServers.get(this.route);
	}

	private async learn(): Promise<Server> {
		this.learning ??= this.askForServer().finally(() => {
			this.learning = undefined;
		});
		return await this.learning;
	}

	private async askForServer(): Promise<Server> {
		const reply = await this.ask(smallest);
		const seen = this.known;
		if (seen && this.isCurrent) return seen;
		if (!succeeded(reply)) throw this.explain(smallest, reply);
		return await this.askForVersion();
	}

	/**
	 * The server behind the base URL, as its latest reply to this process described it. Sends a
	 * request only where no reply has been seen yet.
	 */
	async server(): Promise<Server> {
		return this.known ?? (await this.learn());
	}

	/**
	 * The server as it is now: a server that was upgraded since its latest reply is noticed, for one
	 * small request where this connection has not seen a reply yet.
	 */
	async currentServer(): Promise<Server> {
		return this.isCurrent ? await this.server() : await this.learn();
	}

	/** Throws an error of the kind `unsupported` where the server is too old, after a look at it. */
	async require(capability: Capability): Promise<Server> {
		const known = await this.server();
		const server = known.has(capability) ? known : await this.currentServer();
		server.require(capability);
		return server;
	}

	/** Forgets the server, so that the next request learns its version again. */
	forget(): void {
		knownServers.forget(this.route);
		this.isCurrent = false;
	}

	async get<T>(path: string, query: Query, schema: Schema<T>): Promise<T> {
		return this.parse(await this.request({ method: 'GET', path, query }), schema, path);
	}

	/** Like `get`, but sent once, for a read whose repetition costs. */
	async getOnce<T>(path: string, schema: Schema<T>): Promise<T> {
		await this.server();
		const request = { method: 'GET', path, repeats: false } as const;
		return this.parse(await this.request(request), schema, path);
	}

	/** Like `get`, but returns `undefined` for an object that does not exist. */
	async find<T>(path: string, query: Query, schema: Schema<T>): Promise<T | undefined> {
		const request = { method: 'GET', path, query } as const;
		const reply = await this.ask(request);
		if (reply.status === 404 && parseJson(reply.body).ok) return undefined;
		if (!succeeded(reply)) throw this.explain(request, reply);
		return this.parse(reply, schema, path);
	}

	/** Sends a write once. `null` is the reply without a body. */
	async send<T>(
		method: 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body: RequestBody | undefined,
		schema: Schema<T>,
		query: Query = {},
	): Promise<T> {
		const reply = await this.call({ method, path, query, ...(body && { body }) });
		return this.parse(reply, schema, path);
	}

	/** Sends a request that the caller chooses, a write once. */
	async call(request: ApiRequest): Promise<HttpReply<string>> {
		if (request.method !== 'GET') await this.server();
		return await this.request(request);
	}

	/** Like `call`; the body of a reply with status 200 is a stream. */
	async openCall(request: ApiRequest): Promise<HttpReply<ByteStream | string>> {
		if (request.method !== 'GET') await this.server();
		const reply = await this.repeat(request, (sent) => this.transport.open(sent));
		const { body } = reply;
		if (typeof body !== 'string' || succeeded(reply)) return reply;
		throw this.explain(request, { ...reply, body });
	}

	/** Returns a file as a stream, with the headers that name it. With a body the request is a POST. */
	async open(path: string, query: Query, body?: RequestBody): Promise<HttpReply<ByteStream>> {
		const request: ApiRequest = {
			method: body ? 'POST' : 'GET',
			path,
			query,
			...(body && { body }),
		};
		const reply = await this.openCall(request);
		const { body: received } = reply;
		if (typeof received !== 'string') return { ...reply, body: received };
		throw this.explain(request, { ...reply, body: received });
	}

	private async request(request: ApiRequest): Promise<HttpReply<string>> {
		const { known } = this;
		const reply = await this.ask(request);
		if (succeeded(reply)) return reply;
		const explained = this.explain(request, reply);
		// The base URL was right before, so the server may lack just this route.
		throw known && explained.kind === 'notPaperless'
			? orMissingRoute(explained, request, known.version)
			: explained;
	}

	/** Removes the secrets of the credential and those of the request, both of which an answer may repeat. */
	private concealing(request: ApiRequest): Conceal {
		const { conceal } = this;
		const concealSent = concealer(sentSecrets(request), shortestPassword);
		return (text) => conceal(concealSent(text));
	}

	/** The error for a reply; `explained()` of it asks the server for the reason. */
	private explain(request: ApiRequest, reply: HttpReply<string>): PaperlessError {
		const { baseUrl } = this;
		const concealAll = this.concealing(request);
		const explained = explainReply(request, reply, baseUrl, concealAll);
		const id = documentOf(request.path);
		if (explained.kind === 'forbidden') {
			return explained.lookingUp(async () =>
				explainReply(request, reply, baseUrl, concealAll, await this.permissions()),
			);
		}
		if (explained.kind !== 'notFound' || id === undefined) return explained;
		return explained.lookingUp(async () => {
			const root = await this.rootOf(id);
			return root === undefined ? explained : becameVersion(id, root);
		});
	}

	/** The permissions of the token's user; `undefined` where the server does not report them. */
	private async permissions(): Promise<ReadonlySet<string> | undefined> {
		this.held ??= this.ask({ method: 'GET', path: 'api/ui_settings/' }).then(
			(reply) => {
				const settings = succeeded(reply) ? heldPermissions.safeParse(jsonOf(reply)) : undefined;
				return settings?.data && new Set(settings.data.permissions);
			},
			() => undefined,
		);
		return await this.held;
	}

	/**
	 * The document of which this id is a version; `undefined` for other ids and before 3.0. The
	 * server knows it even in the trash (docs/paperless-api.md#ids-of-versions).
	 */
	async rootOf(id: number): Promise<number | undefined> {
		if (!(await this.server()).has('documentVersions')) return undefined;
		const root = (await this.find(`api/documents/${id}/root/`, {}, rootReply))?.root_id;
		return root === id ? undefined : root;
	}

	private async ask(request: ApiRequest): Promise<HttpReply<string>> {
		return await this.repeat(request, (sent) => this.transport.request(sent));
	}

	private async repeat<Body>(
		request: ApiRequest,
		send: (request: HttpRequest) => Promise<HttpReply<Body> | HttpFailure>,
	): Promise<HttpReply<Body>> {
		requireRoute(request);
		let refusedApi: number | undefined;
		for (let attempt = 0; ; attempt += 1) {
			const { known } = this;
			const reply = await send({ ...request, headers: this.headers(known) });
			if (!failed(reply)) {
				this.serverTime = Date.parse(reply.headers.date ?? '') || undefined;
				const seen = this.remember(reply);
				// Another server took its place, which does not support the agreed version.
				const replaced = reply.status === 406 && known !== undefined;
				if (replaced) {
					refusedApi = known.api;
					this.forget();
				}
				// A newer server answered in formats that this client does not know.
				const unknown = known === undefined && seen !== undefined && seen.api < seen.newestApi;
				if (unknown && seen.api === refusedApi) throw offersOnlyNewer(seen);
				const again =
					request.method === 'GET' ? replaced || unknown : replaced && (await this.changed(known));
				if (again && attempt < maxRetries) continue;
			}
			const repeats = request.method === 'GET' && request.repeats !== false;
			const delay = repeats ? retryDelay(reply, attempt) : undefined;
			if (delay === undefined) {
				if (failed(reply)) {
					throw explainFailure(request, { ...reply, detail: this.conceal(reply.detail) });
				}
				return reply;
			}
			await this.wait(delay);
		}
	}

	/** The server rejects a version before it does anything, so even a write may be sent in another version. */
	private async changed(before: Server): Promise<boolean> {
		return (await this.server()).api !== before.api;
	}

	private headers(server: Server | undefined): Record<string, string> {
		return {
			Accept: server ? `application/json; version=${server.api}` : 'application/json',
			'Accept-Language': 'en',
		};
	}

	private remember(reply: HttpReply<unknown>): Server | undefined {
		const seen = serverFrom(reply.headers);
		seen?.require('paperlessNgx');
		if (seen) this.keep(seen);
		return seen;
	}

	private keep(server: Server): void {
		knownServers.set(this.route, server);
		this.isCurrent = true;
	}

	/** Some proxies strip unknown headers. Servers from 2.17 on report their version here as well. */
	private async askForVersion(): Promise<Server> {
		const reply = await this.request({ method: 'GET', path: 'api/ui_settings/' });
		const parsed = parseJson(reply.body);
		const version = parsed.ok ? /"version":\s*"v?(\d+\.\d+\.\d+)/.exec(reply.body)?.[1] : undefined;
		if (version === undefined) throw explainUnreadable('noVersion', reply);
		const server = new Server(version, version.startsWith('2.') ? 9 : 10);
		this.keep(server);
		return server;
	}

	private parse<T>(reply: HttpReply<string>, schema: Schema<T>, path: string): T {
		const parsed = reply.body === '' ? ({ ok: true, json: null } as const) : parseJson(reply.body);
		if (!parsed.ok) throw explainUnreadable('notJson', reply);
		const result = schema.safeParse(parsed.json);
		if (result.success) return result.data;
		const { issues } = result.error;
		const filled = fillLists(parsed.json, issues) && schema.safeParse(parsed.json);
		if (filled && filled.success) return filled.data;
		const [issue] = issues;
		const place = `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
		throw explainUnreadable('unknownShape', reply, this.conceal(place));
	}
}

/** For tests: n8n never has to forget a server, because a changed version shows in the next reply. */
export const forgetServers = (): void => knownServers.clear();
