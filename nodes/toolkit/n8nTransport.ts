import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import type {
	ByteStream,
	FilePart,
	HttpFailure,
	HttpReply,
	HttpRequest,
	HttpTransport,
	TextPart,
} from '../api/httpTransport';
import { asFailure } from './asFailure';
import { connectionSettings } from './connectionSettings';

export const credentialType = 'paperlessNgxTokenApi';

type RequestContext = {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
};

/** Milliseconds. Large uploads over slow lines and pages of thousands of rows take long. */
const timeout = 600_000;

/**
 * An object that axios accepts as a form. Axios then sets Content-Length from the sizes and streams
 * each part. The global FormData and n8n's other ways of sending a form do neither.
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

export type TransportOptions = {
	/**
	 * Ends all requests of the transport, whatever they wait for. In an execution n8n puts the signal
	 * of the cancellation in its place (docs/n8n.md#signals-of-requests).
	 */
	signal?: AbortSignal | undefined;
};

type Answer = { statusCode: number; headers: Record<string, unknown>; body: unknown };

/** Sends requests through n8n's own helper, with its proxies, its protection and its cancellation. */
export class N8nTransport implements HttpTransport {
	readonly baseUrl: string;
	readonly webUrl: string;
	readonly credential: string;
	private readonly context: RequestContext;
	private readonly settings: ReturnType<typeof connectionSettings>;
	private readonly signal: AbortSignal | undefined;

	constructor(
		context: RequestContext,
		credentials: ICredentialDataDecryptedObject,
		{ signal }: TransportOptions = {},
	) {
		this.context = context;
		this.settings = connectionSettings(credentials);
		this.baseUrl = this.settings.baseUrl;
		this.webUrl = this.settings.webUrl;
		this.credential = this.settings.fingerprint;
		this.signal = signal;
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
			...(this.signal && { abortSignal: this.signal }),
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
			return asFailure(thrown, this.signal);
		}
	}
}
