import type { Profile } from './profiles.mts';
import type { Store, User } from './store.mts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Reply {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
	/** HTML; Django sends every text that is not JSON this way. */
	text?: string;
	binary?: Uint8Array;
}

export const ok = (json: unknown): Reply => ({ status: 200, json });
export const created = (json: unknown): Reply => ({ status: 201, json });
export const noContent = (): Reply => ({ status: 204 });
export const plain = (status: number, text: string): Reply => ({ status, text });

/** Ends a request with an unsuccessful reply. */
export class Refusal extends Error {
	readonly reply: Reply;
	constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
		super(`Refused with ${status}`);
		this.reply =
			typeof body === 'string' ? { status, text: body, headers } : { status, json: body, headers };
	}
}

export const refuse = (
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): never => {
	throw new Refusal(status, body, headers);
};

export const detail = (status: number, text: string): never => refuse(status, { detail: text });

/** Answers like Paperless when it crashes on a request. */
export const crash = (): never =>
	refuse(
		500,
		'\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Server Error (500)</title>\n</head>\n<body>\n  <h1>Server Error (500)</h1><p></p>\n</body>\n</html>\n',
	);

/** Whether Paperless crashes here. Some requests catch the exception. */
export function isCrash(act: () => unknown): boolean {
	try {
		act();
		return false;
	} catch (error) {
		if (error instanceof Refusal && error.reply.status === 500) return true;
		throw error;
	}
}

export interface UploadedFile {
	name: string;
	type: string;
	bytes: Uint8Array;
}

export type RequestBody =
	| { kind: 'json'; value: unknown }
	| {
			kind: 'form';
			values: Map<string, string[]>;
			files: Map<string, UploadedFile>;
			multipart: boolean;
	  }
	| { kind: 'empty' }
	| { kind: 'other'; contentType: string }
	| { kind: 'broken'; message: string; parser: Parser };

export type Parser = 'json' | 'form' | 'multipart';

/** One request that passed negotiation and authentication. */
export interface Call {
	readonly store: Store;
	readonly profile: Profile;
	readonly method: Method;
	readonly path: string;
	readonly origin: string;
	readonly params: Record<string, string>;
	readonly query: Query;
	readonly headers: Record<string, string | string[] | undefined>;
	readonly user: User;
	readonly apiVersion: number;
	readonly body: RequestBody;
	readonly parsers: readonly Parser[];
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

export interface Route {
	path: string;
	/** The path is unknown to servers without this capability. */
	since?: 'documentVersions' | 'nestedTags' | 'createdIsDate';
	/** The model whose global permission the method needs. */
	model?: string;
	/** Answers without credentials. */
	open?: boolean;
	/** Skips negotiation and versioning. */
	bare?: boolean;
	parsers?: readonly Parser[];
	/** The name in the answer to OPTIONS. */
	name?: string;
	/** Runs before the method is checked. */
	before?: (call: Call) => void;
	on: Partial<Record<Method, Handler>>;
}

/** A query string as Django reads it. The last value of a repeated name counts. */
export class Query {
	readonly pairs: ReadonlyArray<readonly [string, string]>;
	readonly #last: Map<string, string>;

	constructor(pairs: ReadonlyArray<readonly [string, string]>) {
		this.pairs = pairs;
		this.#last = new Map(pairs);
	}

	static parse(text: string): Query {
		return new Query([...new URLSearchParams(text)]);
	}

	get(name: string): string | undefined {
		return this.#last.get(name);
	}

	/** The value, or `undefined` if it is missing or empty. */
	filled(name: string): string | undefined {
		return this.#last.get(name) || undefined;
	}

	all(name: string): string[] {
		return this.pairs.filter(([key]) => key === name).map(([, value]) => value);
	}

	/** Sorts by name and escapes like Python, so links equal the server's. */
	with(name: string, value: string | undefined): string {
		const pairs = this.pairs.filter(([key]) => key !== name);
		if (value !== undefined) pairs.push([name, value]);
		const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
		return sorted.map(([key, text]) => `${quote(key)}=${quote(text)}`).join('&');
	}
}

const quote = (text: string): string =>
	encodeURIComponent(text)
		.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%20', '+');

/** A query flag. Every value that does not clearly mean yes means no. */
export const isYes = (text: string | undefined): boolean =>
	text !== undefined && ['true', '1', 'yes', 'y', 't', 'on'].includes(text.toLowerCase());

const contentTypes: Record<Parser, string> = {
	json: 'application/json',
	form: 'application/x-www-form-urlencoded',
	multipart: 'multipart/form-data',
};

function parserOf(body: Extract<RequestBody, { kind: 'json' | 'form' | 'broken' }>): Parser {
	if (body.kind === 'broken') return body.parser;
	if (body.kind === 'json') return 'json';
	return body.multipart ? 'multipart' : 'form';
}

export function data(call: Call): Record<string, unknown> {
	const { body } = call;
	if (body.kind === 'empty') return {};
	if (body.kind === 'other') return unsupported(body.contentType);
	const parser = parserOf(body);
	if (!call.parsers.includes(parser)) return unsupported(contentTypes[parser]);
	if (body.kind === 'broken') return detail(400, body.message);
	if (body.kind === 'form') {
		return Object.fromEntries(
			[...body.values].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
		);
	}
	const { value } = body;
	if (value === null) return refuse(400, { non_field_errors: ['No data provided'] });
	if (typeof value !== 'object' || Array.isArray(value)) {
		const message = `Invalid data. Expected a dictionary, but got ${pythonType(value)}.`;
		return refuse(400, { non_field_errors: [message] });
	}
	return value as Record<string, unknown>;
}

const unsupported = (contentType: string): never =>
	detail(415, `Unsupported media type "${contentType}" in request.`);

export function pythonType(value: unknown): string {
	if (Array.isArray(value)) return 'list';
	if (value === null) return 'NoneType';
	if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
	return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? 'str';
}
