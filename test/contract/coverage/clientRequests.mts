import { Readable } from 'node:stream';
import type { paperlessClient } from '../../../nodes/api/paperlessClient.ts';
import type { HttpReply, HttpRequest, HttpTransport } from '../../../nodes/api/httpTransport.ts';
import { profiles } from '../../../sandbox/profiles.mts';
import type { RecordedName } from '../../../sandbox/profiles.mts';

type Asks = (...values: unknown[]) => unknown;

/** Stands for any argument: what is read of it, called on it or iterated is the same again. */
const anything: unknown = new Proxy(() => undefined, {
	get: (_, key) => {
		if (key === Symbol.toPrimitive) return () => '{}';
		if (key === Symbol.iterator) return () => [anything].values();
		return key === 'then' ? undefined : anything;
	},
	apply: () => anything,
});

/** What decides the route must be one of the values that there are. */
const decisive: Record<string, unknown[][]> = {
	'documents.download': ['original', 'archive', 'preview', 'thumbnail'].map((rendition) => [
		1,
		rendition,
	]),
	'documents.bulkEdit': [
		'modify_tags',
		'edit_pdf',
		'merge',
		'remove_password',
		'reprocess',
		'rotate',
	].map((method) => [[1], { method, parameters: {} }]),
};

/** Answers everything alike; most of it is in no shape that the client wants, which does no harm. */
class Notes implements HttpTransport {
	readonly baseUrl: string;
	readonly requests = new Set<string>();
	readonly #headers: Record<string, string>;

	constructor(server: RecordedName) {
		this.baseUrl = `https://${server}.test`;
		const newest = profiles[server].apiVersions.at(-1);
		this.#headers = { 'x-version': server, 'x-api-version': String(newest) };
	}

	async request({ method, path }: HttpRequest): Promise<HttpReply<string>> {
		this.requests.add(`${method} ${path.replace(/^api\//, '')}`);
		return { status: 200, headers: this.#headers, body: '{}' };
	}

	async open(request: HttpRequest): Promise<HttpReply<Readable>> {
		return { ...(await this.request(request)), body: Readable.from([]) };
	}
}

function* functionsOf(value: object, name: string): Iterable<[string, Asks]> {
	const own = Object.entries(value);
	const inherited = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)));
	const methods = inherited.map(([key, { value: method }]) => [key, method] as const);
	for (const [key, part] of value.constructor === Object ? own : [...own, ...methods]) {
		const path = name === '' ? key : `${name}.${key}`;
		// A raw call sends whatever a workflow asks for.
		if (['connection', 'constructor', 'raw'].includes(key)) continue;
		if (typeof part === 'function') yield [path, (part as Asks).bind(value)];
		else if (typeof part === 'object' && part !== null) yield* functionsOf(part, path);
	}
}

/**
 * What a client can ask of a server, as `GET documents/{}/`: every function that it offers is called
 * with made-up arguments, and only the requests are noted.
 */
export async function requestsOf(
	create: typeof paperlessClient,
	server: RecordedName,
): Promise<string[]> {
	const transport = new Notes(server);
	const client = create(transport, async () => {
		throw new Error('There is nothing to wait for');
	});
	for (const [name, ask] of functionsOf(client, '')) {
		for (const values of decisive[name] ?? [Array(ask.length).fill(anything)]) {
			await Promise.resolve(ask(...values)).catch(() => undefined);
		}
	}
	return [...transport.requests].toSorted();
}
