import type { z } from 'zod';
import { explainFailure, explainNotJson, explainReply, parseJson, PaperlessError } from './errors';
import { Server, serverFrom } from './server';
import type {
	ByteStream,
	Call,
	HttpFailure,
	HttpReply,
	HttpRequest,
	HttpTransport,
	Query,
	RequestBody,
} from './transport';
import { failed } from './transport';

/** Waits the given milliseconds; ends early by throwing when the execution is cancelled. */
export type Wait = (milliseconds: number) => Promise<void>;

type Schema<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Servers seen by this process, by base URL: their version is asked for once, not per execution. */
const knownServers = new Map<string, Server>();

const retriedStatuses = [429, 502, 503, 504];
const retriedFailures = ['interrupted', 'refused'];
const maxRetries = 3;
const maxRetryDelay = 30_000;

/** How long to wait before a read is repeated; `undefined` when it is not. */
function retryDelay(reply: HttpReply<unknown> | HttpFailure, attempt: number): number | undefined {
	if (attempt >= maxRetries) return undefined;
	const backOff = 500 * 2 ** attempt;
	if (failed(reply)) return retriedFailures.includes(reply.failure) ? backOff : undefined;
	if (!retriedStatuses.includes(reply.status)) return undefined;
	const asked = Number(reply.headers['retry-after']) * 1000;
	if (asked > maxRetryDelay) return undefined;
	return asked >= 0 ? asked : backOff;
}

async function readText(stream: ByteStream): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of stream) {
		text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
		if (text.length > 100_000) break;
	}
	return text;
}

/**
 * Speaks HTTP as Paperless-ngx wants it: the version of the API, JSON in and out, reads repeated
 * when the server is busy or restarting, writes sent once, everything else explained.
 */
export class Connection {
	private readonly transport: HttpTransport;
	readonly wait: Wait;

	constructor(transport: HttpTransport, wait: Wait) {
		this.transport = transport;
		this.wait = wait;
	}

	get baseUrl(): string {
		return this.transport.baseUrl;
	}

	/** The server behind the base URL; asks it only when no reply of it has been seen yet. */
	async server(): Promise<Server> {
		const known = knownServers.get(this.baseUrl);
		if (known) return known;
		// The smallest reply that needs no more than the right to see documents.
		await this.request({ method: 'GET', path: 'api/documents/next_asn/' });
		return knownServers.get(this.baseUrl) ?? (await this.askForVersion());
	}

	async get<T>(path: string, query: Query, schema: Schema<T>): Promise<T> {
		return this.parse(await this.request({ method: 'GET', path, query }), schema, path);
	}

	async send<T>(
		method: 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body: RequestBody | undefined,
		schema: Schema<T>,
	): Promise<T> {
		await this.server();
		return this.parse(await this.request({ method, path, ...(body && { body }) }), schema, path);
	}

	/** For file endpoints: the body as a stream, with the headers that name it. */
	async open(path: string, query: Query): Promise<HttpReply<ByteStream>> {
		const request = { method: 'GET', path, query } as const;
		const reply = await this.repeat(request, async (sent) => await this.transport.open(sent));
		if (reply.status === 200) return reply;
		throw explainReply(request, { ...reply, body: await readText(reply.body) }, this.baseUrl);
	}

	private async request(request: Call): Promise<HttpReply<string>> {
		const reply = await this.repeat(request, async (sent) => await this.transport.request(sent));
		if (reply.status >= 200 && reply.status < 300) return reply;
		throw explainReply(request, reply, this.baseUrl);
	}

	private async repeat<Body>(
		request: Call,
		send: (request: HttpRequest) => Promise<HttpReply<Body> | HttpFailure>,
	): Promise<HttpReply<Body>> {
		for (let attempt = 0; ; attempt += 1) {
			const asked = knownServers.get(this.baseUrl);
			const reply = await send({ ...request, headers: this.headers(asked) });
			if (!failed(reply)) {
				const seen = this.remember(reply);
				// The server was replaced by one that does not speak the version we settled on, or
				// is newer than this client and answered in shapes that it does not know.
				const misunderstood =
					(reply.status === 406 && asked !== undefined) ||
					(asked === undefined && seen !== undefined && seen.api < seen.newestApi);
				if (misunderstood && request.method === 'GET' && attempt < maxRetries) {
					if (reply.status === 406) knownServers.delete(this.baseUrl);
					continue;
				}
			}
			const delay = request.method === 'GET' ? retryDelay(reply, attempt) : undefined;
			if (delay === undefined) {
				if (failed(reply)) throw explainFailure(request, reply);
				return reply;
			}
			await this.wait(delay);
		}
	}

	private headers(server: Server | undefined): Record<string, string> {
		return {
			Accept: server ? `application/json; version=${server.api}` : 'application/json',
			'Accept-Language': 'en',
		};
	}

	private remember(reply: HttpReply<unknown>): Server | undefined {
		const seen = serverFrom(reply.headers);
		if (seen) {
			if (!seen.has('paperlessNgx')) seen.require('paperlessNgx');
			knownServers.set(this.baseUrl, seen);
		}
		return seen;
	}

	/** Some proxies strip unknown headers; 2.17 and later say their version here as well. */
	private async askForVersion(): Promise<Server> {
		const reply = await this.request({ method: 'GET', path: 'api/ui_settings/' });
		const parsed = parseJson(reply.body);
		const version = parsed.ok ? /"version":\s*"v?(\d+\.\d+\.\d+)/.exec(reply.body)?.[1] : undefined;
		if (version === undefined) {
			throw new PaperlessError('notPaperless', 'The server does not say its version', {
				description:
					'A proxy in front of it seems to remove the headers X-Version and X-Api-Version. Let them pass.',
			});
		}
		const server = new Server(version, version.startsWith('2.') ? 9 : 10);
		knownServers.set(this.baseUrl, server);
		return server;
	}

	private parse<T>(reply: HttpReply<string>, schema: Schema<T>, path: string): T {
		const parsed = reply.body === '' ? ({ ok: true, json: null } as const) : parseJson(reply.body);
		if (!parsed.ok) throw explainNotJson(reply);
		const result = schema.safeParse(parsed.json);
		if (result.success) return result.data;
		const [issue] = result.error.issues;
		throw new PaperlessError('unexpectedReply', 'Paperless-ngx answered in an unknown shape', {
			description: `At ${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. The server may be newer than this node; please report it.`,
			status: reply.status,
		});
	}
}

/** For tests: a process of n8n never forgets, since a changed version shows in the next reply. */
export const forgetServers = (): void => knownServers.clear();
