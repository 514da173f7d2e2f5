import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Agent, request as send } from 'undici';
import type {
	ByteStream,
	FailureCause,
	FilePart,
	HttpFailure,
	HttpReply,
	HttpRequest,
	HttpTransport,
	TextPart,
} from '../../nodes/api/httpTransport';

export type Settings = {
	/** Normalized, as the interface wants it. */
	baseUrl: string;
	token: string;
	/** What a proxy in front of the server asks for. */
	headers?: Record<string, string>;
	tls?: { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean };
	/** Milliseconds */
	timeout?: number;
};

type Encoded = {
	type: string;
	/** Bytes */
	length: number;
	body: string | Readable;
};

const escaped = (name: string) =>
	name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');

function encodeForm(parts: ReadonlyArray<TextPart | FilePart>): Encoded {
	const boundary = `----paperless-${randomUUID()}`;
	const heads = parts.map((part) => {
		const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(part.field)}"`;
		return 'text' in part
			? `${head}\r\n\r\n`
			: `${head}; filename="${escaped(part.fileName)}"\r\nContent-Type: ${part.mimeType}\r\n\r\n`;
	});
	const end = `--${boundary}--\r\n`;
	const sizes = parts.map((part) => ('text' in part ? Buffer.byteLength(part.text) : part.size));
	const length = [...heads, ...parts.map(() => '\r\n'), end]
		.map((piece) => Buffer.byteLength(piece))
		.concat(sizes)
		.reduce((sum, size) => sum + size, 0);
	async function* body() {
		for (const [index, part] of parts.entries()) {
			yield Buffer.from(heads[index] ?? '');
			if ('text' in part) yield Buffer.from(part.text);
			else yield* part.open();
			yield Buffer.from('\r\n');
		}
		yield Buffer.from(end);
	}
	return { type: `multipart/form-data; boundary=${boundary}`, length, body: Readable.from(body()) };
}

function encode({ body }: HttpRequest): Encoded | undefined {
	if (body === undefined) return undefined;
	if ('parts' in body) return encodeForm(body.parts);
	const text = JSON.stringify(body.json);
	return { type: 'application/json', length: Buffer.byteLength(text), body: text };
}

const causes: ReadonlyArray<[RegExp, FailureCause]> = [
	[/ABORT/, 'canceled'],
	[/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/, 'refused'],
	[/ENOTFOUND|EAI_AGAIN/, 'nameNotFound'],
	[/CERT|SELF_SIGNED|UNABLE_TO_|SSL|TLS|EPROTO/, 'tls'],
	[/TIMEOUT|ETIMEDOUT/, 'timeout'],
	[/UND_ERR_SOCKET|ECONNRESET|EPIPE|CONTENT_LENGTH_MISMATCH|HPE_/, 'interrupted'],
];

function asFailure(thrown: unknown): HttpFailure {
	const { code = '', message = '' } = thrown as { code?: string; message?: string };
	return {
		failure: causes.find(([pattern]) => pattern.test(code))?.[1] ?? 'other',
		detail: [code, message].filter(Boolean).join(': ').slice(0, 200),
	};
}

/** The client's way to a server without n8n: for live tests, drivers and as a floor to measure against. */
export class UndiciTransport implements HttpTransport {
	readonly baseUrl: string;
	private readonly agent: Agent;
	private readonly fixed: Record<string, string>;

	constructor({ baseUrl, token, headers = {}, tls = {}, timeout = 600_000 }: Settings) {
		this.baseUrl = baseUrl;
		this.fixed = { ...headers, Authorization: `Token ${token}` };
		this.agent = new Agent({ connect: tls, headersTimeout: timeout, bodyTimeout: timeout });
	}

	async request(request: HttpRequest): Promise<HttpReply<string> | HttpFailure> {
		return await this.send(request, async (body) => await body.text());
	}

	async open(request: HttpRequest): Promise<HttpReply<ByteStream | string> | HttpFailure> {
		return await this.send<ByteStream | string>(request, async (body, status) =>
			status === 200 ? body : await body.text(),
		);
	}

	/** Ends the connections that are kept open. */
	async close(): Promise<void> {
		await this.agent.close();
	}

	private async send<Body>(
		request: HttpRequest,
		read: (body: Awaited<ReturnType<typeof send>>['body'], status: number) => Body | Promise<Body>,
	): Promise<HttpReply<Body> | HttpFailure> {
		const encoded = encode(request);
		try {
			const { statusCode, headers, body } = await send(`${this.baseUrl}/${request.path}`, {
				dispatcher: this.agent,
				method: request.method,
				query: { ...request.query },
				headers: {
					...this.fixed,
					...request.headers,
					...(encoded && {
						'content-type': encoded.type,
						'content-length': String(encoded.length),
					}),
				},
				body: encoded?.body ?? null,
			});
			const entries = Object.entries(headers);
			return {
				status: statusCode,
				headers: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
				body: await read(body, statusCode),
			};
		} catch (thrown) {
			return asFailure(thrown);
		}
	}
}
