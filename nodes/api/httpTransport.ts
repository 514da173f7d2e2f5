/** Query parameters by the server's names. Lists are already joined by commas. */
export type Query = Readonly<Record<string, string>>;

export type TextPart = { readonly field: string; readonly text: string };

/** `open` may be called more than once: for the checksum, for sending and for sending again. */
export type FilePart = {
	readonly field: string;
	readonly fileName: string;
	readonly mimeType: string;
	/** Bytes; the Content-Length of the request follows from it. */
	readonly size: number;
	readonly open: () => AsyncIterable<Uint8Array>;
};

export type RequestBody =
	| { readonly json: unknown }
	| { readonly parts: ReadonlyArray<TextPart | FilePart> };

/** A request without the headers that every request has. */
export type ApiRequest = {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Relative to the base URL, with a trailing slash: `api/documents/`. */
	readonly path: string;
	readonly query?: Query;
	readonly body?: RequestBody;
	/** False for a read whose repetition costs: it is sent once, whatever the answer. */
	readonly repeats?: boolean;
};

export type HttpRequest = ApiRequest & { readonly headers: Readonly<Record<string, string>> };

export type ByteStream = NodeJS.ReadableStream;

export type HttpReply<Body> = {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Body;
};

export type FailureCause =
	| 'refused'
	| 'nameNotFound'
	| 'tls'
	| 'timeout'
	| 'interrupted'
	| 'oversized'
	| 'canceled'
	| 'blocked'
	| 'other';

/** The request got no complete reply. `detail` is the message of the operating system or of a library. */
export type HttpFailure = { readonly failure: FailureCause; readonly detail: string };

/**
 * The only way to the network. A reply has any status; a missing reply is a failure. Neither is
 * thrown, so the client decides with an `if`. Redirects are not followed: the token is sent to the
 * configured origin only, and a redirected write never becomes a read.
 */
export interface HttpTransport {
	/** Normalized: scheme, host, optional sub-path, no trailing slash. */
	readonly baseUrl: string;
	/** Where people open Paperless-ngx, in the same form; by default the base URL. */
	readonly webUrl?: string;
	/**
	 * Distinguishes credentials with the same base URL, whose headers may lead to different servers.
	 * It contains no secret.
	 */
	readonly credential?: string;
	/** Values of the credential that a server may repeat and nobody may read. */
	readonly secrets?: readonly string[];
	request(request: HttpRequest): Promise<HttpReply<string> | HttpFailure>;
	/** The body of a reply with status 200 is a stream, that of any other reply a text. */
	open(request: HttpRequest): Promise<HttpReply<ByteStream | string> | HttpFailure>;
}

export const failed = <Body>(reply: HttpReply<Body> | HttpFailure): reply is HttpFailure =>
	'failure' in reply;
