import type { AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from './clock.mts';
import { answerControl } from './control.mts';
import type { RequestRecord } from './control.mts';
import { dispatch } from './dispatch.mts';
import { Faults } from './faults.mts';
import { Query } from './http.mts';
import type { Reply, RequestBody, UploadedFile } from './http.mts';
import { misread } from './misread.mts';
import type { Misreading } from './misread.mts';
import { groupedBy } from './objectList.mts';
import { badHost } from './pages.mts';
import { profiles } from './profiles.mts';
import type { ProfileName } from './profiles.mts';
import { buildState } from './states.mts';
import type { StateName } from './states.mts';
import type { Store } from './store.mts';

export interface SandboxOptions {
	profile: ProfileName;
	port?: number;
	state?: StateName;
	/** The server's time at its start. The default is the machine's time. */
	startAt?: string;
}

export interface Sandbox {
	url: string;
	profile: ProfileName;
	tokens: Record<string, string>;
	readonly store: Store;
	/** `lead`: by how many milliseconds its clock is ahead of the machine's then. */
	reset(state: StateName, lead?: number): Promise<void>;
	close(): Promise<void>;
}

/** The state of the running server. A reset replaces the store. */
export interface Running {
	store: Store;
	requests: RequestRecord[];
	readonly faults: Faults;
	reset(state: StateName, lead?: number): Promise<void>;
}

const maxBody = 512 * 1024 * 1024;

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
	const profile = profiles[options.profile];
	const build = (state: StateName, lead: number) => buildState(profile, state, new Clock(lead));
	const { startAt } = options;
	const leadAtStart = () => (startAt === undefined ? 0 : Date.parse(startAt) - Date.now());
	const running: Running = {
		store: await build(options.state ?? 'empty', leadAtStart()),
		requests: [],
		faults: new Faults(),
		reset: async (state, lead = leadAtStart()) => {
			running.store.postman.stop();
			const { publicUrl } = running.store.settings;
			running.store = await build(state, lead);
			running.store.settings.publicUrl = publicUrl;
			running.requests = [];
			running.faults.clear();
		},
	};
	const app = fastify({
		bodyLimit: maxBody,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: { ignoreDuplicateSlashes: false, maxParamLength: 100_000 },
		http: { maxHeaderSize: 256 * 1024 },
	});
	await app.register(multipart, { limits: { fileSize: maxBody, fields: 10_000 } });
	app.removeContentTypeParser(['application/json', 'text/plain']);
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.addHook('onRequest', (request, _reply, done) => {
		if (request.headers['content-type'] === '') delete request.raw.headers['content-type'];
		done();
	});
	app.setNotFoundHandler((request, reply) => respond(running, request, reply));
	await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
	const { port } = app.server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	running.store.settings.publicUrl = url;
	return {
		url,
		profile: options.profile,
		get tokens() {
			return tokensOf(running.store);
		},
		get store() {
			return running.store;
		},
		reset: running.reset,
		close: () => {
			running.store.postman.stop();
			return app.close();
		},
	};
}

export const tokensOf = (store: Store): Record<string, string> =>
	Object.fromEntries(
		[...store.users.values()].flatMap(({ username, token }) => (token ? [[username, token]] : [])),
	);

async function respond(
	running: Running,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	const target = request.raw.url ?? '/';
	const at = target.indexOf('?');
	const path = at < 0 ? target : target.slice(0, at);
	const search = at < 0 ? '' : target.slice(at);
	const body = await readBody(request);
	reply.header('date', running.store.date().toUTCString());
	if (path.startsWith('/__sandbox/')) {
		const json = body.kind === 'json' ? body.value : undefined;
		send(request, reply, await answerControl(running, request.method, path, json));
		return;
	}
	const { host = '', ...headers } = request.headers;
	const incoming = {
		method: request.method,
		path: decodeURI(path),
		search,
		query: Query.parse(search),
		origin: `http://${host}`,
		headers,
		body,
	};
	const { store } = running;
	const handle = async (misreadings: Misreading[]): Promise<Reply> =>
		/^[\w.:[\]-]+$/.test(host)
			? dispatch(store, { ...incoming, body: misreadings.reduce(misread, body) })
			: badHost();
	const outcome = await running.faults.apply(request.method, path, handle);
	const record = (status: number, bytesOut: number, answer?: unknown) =>
		running.requests.push({
			method: request.method,
			path,
			query: search.slice(1),
			status,
			bytesIn: Number(headers['content-length'] ?? 0),
			bytesOut,
			rows: rowsIn(answer),
			userAgent: headers['user-agent'] ?? '',
			token: /^token /i.test(headers.authorization ?? ''),
			...(request.method !== 'GET' && { sent: sentBy(body), answer }),
		});
	if (outcome === 'dropped') {
		record(0, 0);
		request.raw.socket.destroy();
		reply.hijack();
		return;
	}
	const bytes = send(request, reply, outcome.reply, outcome.truncate);
	record(outcome.reply.status, bytes, outcome.reply.json ?? outcome.reply.text);
}

/** How many rows a page has; 0 for what is not a page. */
function rowsIn(answer: unknown): number {
	const { results } = (answer ?? {}) as { results?: unknown };
	return Array.isArray(results) ? results.length : 0;
}

/** What a client sent, without the contents of files. */
function sentBy(body: RequestBody): unknown {
	if (body.kind === 'json') return body.value;
	if (body.kind !== 'form') return undefined;
	return Object.fromEntries([...body.values, ...[...body.files].map(([name]) => [name, null])]);
}

function payloadOf({ json, text, binary }: Reply): { payload: Buffer; type?: string } {
	if (json !== undefined)
		return { payload: Buffer.from(JSON.stringify(json)), type: 'application/json' };
	if (binary) return { payload: Buffer.from(binary), type: 'application/octet-stream' };
	if (text !== undefined) return { payload: Buffer.from(text), type: 'text/html; charset=utf-8' };
	return { payload: Buffer.alloc(0) };
}

function send(
	request: FastifyRequest,
	reply: FastifyReply,
	answer: Reply,
	truncate = false,
): number {
	const { payload, type } = payloadOf(answer);
	const bodiless = type === undefined;
	reply.code(answer.status);
	reply.headers({
		...(!bodiless && { 'content-type': type }),
		'content-language': 'en-us',
		...answer.headers,
		...(!bodiless && { 'content-length': String(payload.length) }),
	});
	if (truncate) {
		reply.hijack();
		reply.raw.writeHead(answer.status, reply.getHeaders() as Record<string, string>);
		reply.raw.write(payload.subarray(0, payload.length / 2), () => request.raw.socket.destroy());
		return Math.floor(payload.length / 2);
	}
	void reply.send(request.method === 'HEAD' || bodiless ? undefined : payload);
	return payload.length;
}

async function readBody(request: FastifyRequest): Promise<RequestBody> {
	const contentType = request.headers['content-type'] ?? '';
	const [type = ''] = contentType.split(';');
	if (request.isMultipart()) return readParts(request);
	const bytes = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
	if (bytes.length === 0) return { kind: 'empty' };
	switch (type.trim().toLowerCase()) {
		case 'application/json':
			return readJson(bytes, /charset=([\w-]+)/i.exec(contentType)?.[1]);
		case 'application/x-www-form-urlencoded':
			return {
				kind: 'form',
				values: grouped([...new URLSearchParams(bytes.toString())]),
				files: new Map(),
				multipart: false,
			};
		default:
			return { kind: 'other', contentType };
	}
}

function readJson(bytes: Buffer, charset = 'utf-8'): RequestBody {
	try {
		const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
		return { kind: 'json', value: JSON.parse(text) };
	} catch (error) {
		const message = `JSON parse error - ${(error as Error).message}`;
		return { kind: 'broken', message, parser: 'json' };
	}
}

const grouped = (pairs: [string, string][]): Map<string, string[]> =>
	new Map(
		[...groupedBy(pairs, ([name]) => name)].map(([name, group]) => [
			name,
			group.map(([, value]) => value),
		]),
	);

async function readParts(request: FastifyRequest): Promise<RequestBody> {
	const pairs: [string, string][] = [];
	const files = new Map<string, UploadedFile>();
	try {
		for await (const part of request.parts({ preservePath: true })) {
			if (part.type === 'field') pairs.push([part.fieldname, String(part.value)]);
			else
				files.set(part.fieldname, {
					name: part.filename,
					type: part.mimetype,
					bytes: await part.toBuffer(),
				});
		}
	} catch (error) {
		const message = `Multipart form parse error - ${(error as Error).message}`;
		return { kind: 'broken', message, parser: 'multipart' };
	}
	return { kind: 'form', values: grouped(pairs), files, multipart: true };
}
