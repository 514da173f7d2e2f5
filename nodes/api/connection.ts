import type { z } from 'zod';
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
import { failed } from './httpTransport';
import { parseJson } from './json';
import { readText } from './readText';
import { Server, serverFrom } from './server';

/** Waits the given milliseconds. Throws early when the execution is canceled. */
export type Wait = (milliseconds: number) => Promise<void>;

/** Turns JSON into a value, or rejects it. */
export type Schema<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Servers seen by this process, by base URL: their version is requested once, not per execution. */
const knownServers = new Map<string, Server>();

const retriedStatuses = [429, 502, 503, 504];
const retriedFailures = ['interrupted', 'refused'];
const maxRetries = 3;
const maxRetryDelay = 30_000;

/**
 * Whether Paperless-ngx itself answers: a proxy in front of a server that is down sends a page, not
 * JSON (docs/paperless-api.md#replies-that-are-not-repeated).
 */
const isServersOwn = ({ status, headers, body }: HttpReply<unknown>): boolean =>
	status >= 500 &&
	(typeof body === 'string' ? parseJson(body).ok : /json/.test(headers['content-type'] ?? ''));

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

const succeeded = ({ status }: HttpReply<unknown>) => status >= 200 && status < 300;

/**
 * Speaks HTTP with one server. It agrees on a version of the API, repeats reads when the server is
 * busy or restarting, sends writes once, and turns every failure into a `PaperlessError`.
 */
export class Connection {
	private readonly transport: HttpTransport;
	readonly wait: Wait;
	/** When the server sent its last reply, in milliseconds since 1970; `undefined` where a proxy removes the header. */
	serverTime: number | undefined;

	constructor(transport: HttpTransport, wait: Wait) {
		this.transport = transport;
		this.wait = wait;
	}

	get baseUrl(): string {
		return this.transport.baseUrl;
	}

	/** The server behind the base URL. Sends a request only where no reply has been seen yet. */
	async server(): Promise<Server> {
		const known = knownServers.get(this.baseUrl);
		if (known) return known;
		// The smallest reply there is. A refusal names the version as well, and a token may be for uploads only.
		const smallest = { method: 'GET', path: 'api/documents/next_asn/' } as const;
		const reply = await this.ask(smallest);
		const seen = knownServers.get(this.baseUrl);
		if (seen) return seen;
		if (!succeeded(reply)) throw explainReply(smallest, reply, this.baseUrl);
		return await this.askForVersion();
	}

	/** Forgets the server, so that the next request learns its version again. */
	forget(): void {
		knownServers.delete(this.baseUrl);
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
		if (!succeeded(reply)) throw explainReply(request, reply, this.baseUrl);
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
		await this.server();
		const reply = await this.request({ method, path, query, ...(body && { body }) });
		return this.parse(reply, schema, path);
	}

	/** Returns a file as a stream, with the headers that name it. With a body the request is a POST. */
	async open(path: string, query: Query, body?: RequestBody): Promise<HttpReply<ByteStream>> {
		if (body) await this.server();
		const request: ApiRequest = {
			method: body ? 'POST' : 'GET',
			path,
			query,
			...(body && { body }),
		};
		const reply = await this.repeat(request, (sent) => this.transport.open(sent));
		if (reply.status === 200) return reply;
		throw explainReply(request, { ...reply, body: await readText(reply.body) }, this.baseUrl);
	}

	private async request(request: ApiRequest): Promise<HttpReply<string>> {
		const known = knownServers.get(this.baseUrl);
		const reply = await this.ask(request);
		if (succeeded(reply)) return reply;
		const explained = explainReply(request, reply, this.baseUrl);
		// The base URL was right before, so the server may lack just this route.
		throw known && explained.kind === 'notPaperless'
			? orMissingRoute(explained, request, known.version)
			: explained;
	}

	private async ask(request: ApiRequest): Promise<HttpReply<string>> {
		return await this.repeat(request, (sent) => this.transport.request(sent));
	}

	private async repeat<Body>(
		request: ApiRequest,
		send: (request: HttpRequest) => Promise<HttpReply<Body> | HttpFailure>,
	): Promise<HttpReply<Body>> {
		for (let attempt = 0; ; attempt += 1) {
			const known = knownServers.get(this.baseUrl);
			const reply = await send({ ...request, headers: this.headers(known) });
			if (!failed(reply)) {
				this.serverTime = Date.parse(reply.headers.date ?? '') || undefined;
				const seen = this.remember(reply);
				// Another server took its place, which does not support the agreed version.
				const replaced = reply.status === 406 && known !== undefined;
				if (replaced) knownServers.delete(this.baseUrl);
				// A newer server answered in formats that this client does not know.
				const unknown = known === undefined && seen !== undefined && seen.api < seen.newestApi;
				const again =
					request.method === 'GET' ? replaced || unknown : replaced && (await this.changed(known));
				if (again && attempt < maxRetries) continue;
			}
			const repeats = request.method === 'GET' && request.repeats !== false;
			const delay = repeats ? retryDelay(reply, attempt) : undefined;
			if (delay === undefined) {
				if (failed(reply)) throw explainFailure(request, reply);
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
		if (seen) knownServers.set(this.baseUrl, seen);
		return seen;
	}

	/** Some proxies strip unknown headers. Servers from 2.17 on report their version here as well. */
	private async askForVersion(): Promise<Server> {
		const reply = await this.request({ method: 'GET', path: 'api/ui_settings/' });
		const parsed = parseJson(reply.body);
		const version = parsed.ok ? /"version":\s*"v?(\d+\.\d+\.\d+)/.exec(reply.body)?.[1] : undefined;
		if (version === undefined) throw explainUnreadable('noVersion', reply);
		const server = new Server(version, version.startsWith('2.') ? 9 : 10);
		knownServers.set(this.baseUrl, server);
		return server;
	}

	private parse<T>(reply: HttpReply<string>, schema: Schema<T>, path: string): T {
		const parsed = reply.body === '' ? ({ ok: true, json: null } as const) : parseJson(reply.body);
		if (!parsed.ok) throw explainUnreadable('notJson', reply);
		const result = schema.safeParse(parsed.json);
		if (result.success) return result.data;
		const [issue] = result.error.issues;
		const place = `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
		throw explainUnreadable('unknownShape', reply, place);
	}
}

/** For tests: n8n never has to forget a server, because a changed version shows in the next reply. */
export const forgetServers = (): void => knownServers.clear();
