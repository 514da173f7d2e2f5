import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { normalizeBaseUrl } from '../api/normalizeBaseUrl';
import { PaperlessError } from '../api/errors';
import type {
	ByteStream,
	FailureCause,
	FilePart,
	HttpFailure,
	HttpReply,
	HttpRequest,
	HttpTransport,
	TextPart,
} from '../api/httpTransport';

export const credentialType = 'paperlessNgxTokenApi';

type RequestContext = {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
};

/** Uploads of large files over slow lines, and pages of thousands of rows, take their time. */
const timeout = 600_000;

const causes: ReadonlyArray<[RegExp, FailureCause]> = [
	[/ERR_CANCELED|CanceledError|aborted by user/i, 'canceled'],
	[/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/i, 'refused'],
	[/ENOTFOUND|EAI_AGAIN/i, 'nameNotFound'],
	[/CERT|certificate|SELF_SIGNED|UNABLE_TO_|SSL|EPROTO|ERR_TLS|altname/i, 'tls'],
	[/SSRF|blocked/i, 'blocked'],
	[/ETIMEDOUT|ECONNABORTED|ERR_SOCKET_CONNECTION_TIMEOUT|timeout/i, 'timeout'],
	[/ECONNRESET|EPIPE|socket hang up|aborted|ERR_BAD_RESPONSE|ERR_STREAM/i, 'interrupted'],
];

type Thrown = {
	code?: unknown;
	message?: unknown;
	cause?: unknown;
	messages?: unknown;
	description?: unknown;
};

/** n8n wraps what axios threw, at places several times over; the code is somewhere in the chain. */
function textsOf(thrown: unknown, depth = 0): string[] {
	if (thrown === null || typeof thrown !== 'object' || depth > 4) return [];
	const { code, message, cause, messages, description } = thrown as Thrown;
	return [code, message, description, messages]
		.flat()
		.filter((text): text is string => typeof text === 'string')
		.concat(textsOf(cause, depth + 1));
}

export function asFailure(thrown: unknown, cancelled: boolean): HttpFailure {
	const texts = textsOf(thrown);
	const all = texts.join(' ');
	const cause = causes.find(([pattern]) => pattern.test(all))?.[1] ?? 'other';
	const detail = texts.find((text) => /E[A-Z]{4,}|certificate/.test(text)) ?? texts[0] ?? '';
	return { failure: cancelled ? 'canceled' : cause, detail: detail.slice(0, 200) };
}

/**
 * What axios takes for a form: it counts the sizes into Content-Length and streams each part,
 * which neither the global FormData nor n8n's other ways do.
 */
class StreamedForm {
	private readonly parts: ReadonlyArray<TextPart | FilePart>;

	constructor(parts: ReadonlyArray<TextPart | FilePart>) {
		this.parts = parts;
	}

	get [Symbol.toStringTag](): string {
		return 'FormData';
	}

	append(): void {
		throw new PaperlessError('invalid', 'A form that is being sent takes no further parts');
	}

	[Symbol.iterator](): Iterator<[string, unknown]> {
		return this.entries();
	}

	*entries(): Generator<[string, unknown]> {
		for (const part of this.parts) {
			yield 'text' in part
				? [part.field, part.text]
				: [
						part.field,
						{
							name: part.fileName,
							type: part.mimeType,
							size: part.size,
							stream: () => part.open(),
						},
					];
		}
	}
}

/** Set by this package; a second one in other letters would contradict it. */
const ownHeaders = /^(authorization|accept|accept-language|content-.*)$/i;

function customHeaders(text: string): Record<string, string> {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	return Object.fromEntries(
		lines.map((line) => {
			const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
			if (name === undefined || value === undefined || ownHeaders.test(name)) {
				throw new PaperlessError('invalid', 'A line of “Custom Headers” is not usable', {
					description:
						'Write one header a line as “Name: value”. “Authorization” carries the API token and cannot be set here; “Accept” and “Content-Type” belong to the node as well.',
				});
			}
			return [name, value];
		}),
	);
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** PEM pasted into a single line keeps its marks but loses its line breaks. */
const pem = (value: unknown) =>
	text(value)
		.replace(/\\n/g, '\n')
		.replace(
			/(-----BEGIN [^-]+-----)([\s\S]+?)(-----END [^-]+-----)/g,
			(_, begin: string, body: string, end: string) =>
				`${begin}\n${body.trim().replace(/\s+/g, '\n')}\n${end}`,
		);

export type ConnectionSettings = {
	baseUrl: string;
	headers: Record<string, string>;
	ignoreSslIssues: boolean;
	/** Certificate authority, client certificate and its key, those that are given. */
	tls: { ca?: string; cert?: string; key?: string };
};

/** What the credential says about reaching the server; the token itself is left to n8n. */
export function connectionSettings(
	credentials: ICredentialDataDecryptedObject,
): ConnectionSettings {
	const tls = {
		ca: pem(credentials.caCertificate),
		cert: pem(credentials.clientCertificate),
		key: pem(credentials.clientPrivateKey),
	};
	return {
		baseUrl: normalizeBaseUrl(text(credentials.baseUrl)),
		headers: customHeaders(text(credentials.secretHeaders)),
		ignoreSslIssues: credentials.ignoreSslIssues === true,
		tls: Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== '')),
	};
}

type Answer = { statusCode: number; headers: Record<string, unknown>; body: unknown };

/** The shipped transport: n8n's own helper, with its proxies, its protection and its cancelling. */
export class N8nTransport implements HttpTransport {
	readonly baseUrl: string;
	private readonly context: RequestContext;
	private readonly settings: ConnectionSettings;
	private readonly cancelled: () => boolean;

	constructor(
		context: RequestContext,
		credentials: ICredentialDataDecryptedObject,
		cancelled: () => boolean,
	) {
		this.context = context;
		this.settings = connectionSettings(credentials);
		this.baseUrl = this.settings.baseUrl;
		this.cancelled = cancelled;
	}

	async request(request: HttpRequest): Promise<HttpReply<string> | HttpFailure> {
		return await this.send<string>(request, 'text', (body) =>
			typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
		);
	}

	async open(request: HttpRequest): Promise<HttpReply<ByteStream> | HttpFailure> {
		return await this.send<ByteStream>(request, 'stream', (body) => body as ByteStream);
	}

	private async send<Body>(
		{ method, path, query, headers, body }: HttpRequest,
		encoding: 'text' | 'stream',
		read: (body: unknown) => Body,
	): Promise<HttpReply<Body> | HttpFailure> {
		const options: IHttpRequestOptions = {
			method,
			url: `${this.baseUrl}/${path}`,
			headers: {
				...this.settings.headers,
				...headers,
				...(body && 'json' in body && { 'Content-Type': 'application/json' }),
			},
			encoding,
			timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			skipSslCertificateValidation: this.settings.ignoreSslIssues,
			agentOptions: this.settings.tls,
			...(query && { qs: { ...query } }),
			...(body && {
				body:
					'json' in body
						? JSON.stringify(body.json)
						: (new StreamedForm(body.parts) as unknown as FormData),
			}),
		};
		try {
			const answer = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context as IExecuteFunctions,
				credentialType,
				options,
			)) as Answer;
			const entries = Object.entries({ ...answer.headers });
			return {
				status: answer.statusCode,
				headers: Object.fromEntries(
					entries.map(([name, value]) => [name.toLowerCase(), String(value)]),
				),
				body: read(answer.body),
			};
		} catch (thrown) {
			return asFailure(thrown, this.cancelled());
		}
	}
}
