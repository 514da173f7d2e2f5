import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { atMost } from '../api/atMost';
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
import { endSilence } from './endSilence';
import { linkedController } from './linkedController';
import { replyText } from './replyText';

export const credentialType = 'paperlessNgxTokenApi';

type RequestContext = {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
};

/** Milliseconds. Large uploads over slow lines and pages of thousands of rows take long. */
const usualTimeout = 600_000;

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
	/** Ends all requests of the transport, whatever they wait for, such as a deadline. */
	signal?: AbortSignal | undefined;
	/** Milliseconds to wait for the reply to a request. */
	timeout?: number | undefined;
	/** The most requests under way; a file that is still being received is no request any more. */
	requestsAtOnce?: number | undefined;
};

type Answer = { statusCode: number; headers: Record<string, unknown>; body: unknown };

/** In an execution, n8n takes the signal of a request from the context (docs/n8n.md#signals-of-requests). */
const withSignal = (context: RequestContext, signal: AbortSignal) =>
	Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;

/** Sends requests through n8n's own helper, with its proxies, its protection and its cancellation. */
export class N8nTransport implements HttpTransport {
	readonly baseUrl: string;
	readonly webUrl: string;
	readonly credential: string;
	readonly secrets: readonly string[];
	private readonly context: RequestContext;
	private readonly credentials: ICredentialDataDecryptedObject;
	private readonly settings: ReturnType<typeof connectionSettings>;
	private readonly signal: AbortSignal | undefined;
	private readonly timeout: number;
	private readonly inTurn: ReturnType<typeof atMost>;

	constructor(
		context: RequestContext,
		credentials: ICredentialDataDecryptedObject,
		{ signal, timeout = usualTimeout, requestsAtOnce }: TransportOptions = {},
	) {
		this.context = context;
		this.credentials = credentials;
		this.settings = connectionSettings(credentials);
		this.baseUrl = this.settings.baseUrl;
		this.webUrl = this.settings.webUrl;
		this.credential = this.settings.fingerprint;
		this.secrets = this.settings.secrets;
		this.signal = signal;
		this.timeout = timeout;
		this.inTurn = atMost(requestsAtOnce ?? Number.POSITIVE_INFINITY);
	}

	async request(request: HttpRequest): Promise<HttpReply<string> | HttpFailure> {
		return await this.inTurn(() =>
			this.send(request, ({ statusCode, body }, end) => replyText(statusCode, body, end)),
		);
	}

	async open(request: HttpRequest): Promise<HttpReply<ByteStream | string> | HttpFailure> {
		return await this.inTurn(() =>
			this.send<ByteStream | string>(request, async ({ statusCode, body }, end) => {
				if (statusCode !== 200) return await replyText(statusCode, body, end);
				const stream = body as ByteStream;
				endSilence(stream, { silence: this.timeout, total: Number.POSITIVE_INFINITY }, end);
				return stream;
			}),
		);
	}

	/** n8n would evaluate the expressions of the credential again (docs/n8n.md#expressions-after-a-wait). */
	private get decrypted(): ICredentialsDecrypted {
		return { id: '', name: '', type: credentialType, data: this.credentials };
	}

	private async send<Body extends ByteStream | string>(
		{ method, path, query, headers, body }: HttpRequest,
		read: (answer: Answer, end: (reason: Error) => void) => Promise<Body>,
	): Promise<HttpReply<Body> | HttpFailure> {
		const { controller, unlink } = linkedController(this.signal);
		const { signal } = controller;
		const end = (reason: Error) => controller.abort(reason);
		const options: IHttpRequestOptions = {
			method,
			url: `${this.baseUrl}/${path}`,
			headers: {
				...this.settings.headers,
				...headers,
				...(body && 'json' in body && { 'Content-Type': 'application/json' }),
			},
			encoding: 'stream',
			timeout: this.timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			skipSslCertificateValidation: this.settings.ignoreSslIssues,
			agentOptions: this.settings.tls,
			abortSignal: signal,
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
				withSignal(this.context, signal),
				credentialType,
				options,
				{ credentialsDecrypted: this.decrypted },
			)) as Answer;
			const received = await read(answer, end);
			if (typeof received === 'string') unlink();
			else received.once('close', unlink);
			const entries = Object.entries({ ...answer.headers });
			return {
				status: answer.statusCode,
				headers: Object.fromEntries(
					entries.map(([name, value]) => [name.toLowerCase(), String(value)]),
				),
				body: received,
			};
		} catch (thrown) {
			unlink();
			return asFailure(thrown, signal);
		}
	}
}
