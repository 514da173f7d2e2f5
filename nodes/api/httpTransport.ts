/** Query parameters in the words of the server; lists are joined by commas before they get here. */
export type Query = Readonly<Record<string, string>>;

export type TextPart = { readonly field: string; readonly text: string };

/** `open` may be called more than once: for the checksum, for sending, for a repeated reading. */
export type FilePart = {
	readonly field: string;
	readonly fileName: string;
	readonly mimeType: string;
	/** Bytes; the request's Content-Length is counted from it. */
	readonly size: number;
	readonly open: () => AsyncIterable<Uint8Array>;
};

export type RequestBody =
	| { readonly json: unknown }
	| { readonly parts: ReadonlyArray<TextPart | FilePart> };

/** A request before the client adds what every request carries. */
export type ApiRequest = {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Below the base URL, with its slash at the end: `api/documents/`. */
	readonly path: string;
	readonly query?: Query;
	readonly body?: RequestBody;
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
	| 'canceled'
	| 'blocked'
	| 'other';

/** The request got no complete answer; `detail` is the operating system's or the library's wording. */
export type HttpFailure = { readonly failure: FailureCause; readonly detail: string };

/**
 * The only way out. An answer of any status is a reply, a missing answer is a failure; neither is
 * thrown, so that the client decides with an `if`. Redirects are not followed: the token stays
 * with the configured origin, and a redirected write is never turned into a read.
 */
export interface HttpTransport {
	/** Normalised: scheme, host, optional sub-path, no slash at the end. */
	readonly baseUrl: string;
	request(request: HttpRequest): Promise<HttpReply<string> | HttpFailure>;
	open(request: HttpRequest): Promise<HttpReply<ByteStream> | HttpFailure>;
}

export const failed = <Body>(reply: HttpReply<Body> | HttpFailure): reply is HttpFailure =>
	'failure' in reply;
