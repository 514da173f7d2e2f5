export type ErrorKind =
	| 'canceled'
	| 'forbidden'
	| 'interrupted'
	| 'invalid'
	| 'notFound'
	| 'notPaperless'
	| 'proxyRefused'
	| 'readOnly'
	| 'throttled'
	| 'tooLarge'
	| 'unauthorized'
	| 'unavailable'
	| 'unexpectedReply'
	| 'unreachable'
	| 'unresolved'
	| 'unsupported';

type Details = {
	/** How to go on. */
	description?: string;
	status?: number | undefined;
	/** The server's field errors, by its own field names. */
	fields?: Readonly<Record<string, string>>;
	/** The internal name of the parameter that the message is about. */
	parameter?: string | undefined;
	/** Asks the server for the reason, which takes a request. Returns the same error with more to say. */
	lookUp?: (() => Promise<PaperlessError>) | undefined;
};

/** Says what happened (`message`) and how to go on (`description`); never carries the token. */
export class PaperlessError extends Error {
	readonly kind: ErrorKind;
	readonly description: string;
	readonly status: number | undefined;
	readonly fields: Readonly<Record<string, string>>;
	readonly parameter: string | undefined;
	readonly lookUp: (() => Promise<PaperlessError>) | undefined;

	constructor(kind: ErrorKind, message: string, details: Details = {}) {
		super(message);
		this.name = 'PaperlessError';
		this.kind = kind;
		this.description = details.description ?? '';
		this.status = details.status;
		this.fields = details.fields ?? {};
		this.parameter = details.parameter;
		this.lookUp = details.lookUp;
	}

	/** The same error with more to say about how to go on. */
	adding(words: string): PaperlessError {
		const description = `${this.description} ${words}`.trim();
		return this.with({ description }, (found) => found.adding(words));
	}

	/** The same error about another parameter. */
	about(parameter: string | undefined): PaperlessError {
		return this.with({ parameter }, (found) => found.about(parameter));
	}

	/** The same error with a way to ask the server for the reason. */
	lookingUp(lookUp: () => Promise<PaperlessError>): PaperlessError {
		return new PaperlessError(this.kind, this.message, { ...this, lookUp });
	}

	/** The same error with the reason that the server knows; unchanged where it cannot be asked. */
	async explained(): Promise<PaperlessError> {
		if (this.lookUp === undefined) return this;
		return await this.lookUp().then(
			(found) => found,
			() => this,
		);
	}

	private with(details: Details, alike: (found: PaperlessError) => PaperlessError): PaperlessError {
		const { lookUp } = this;
		return new PaperlessError(this.kind, this.message, {
			...this,
			...details,
			...(lookUp && { lookUp: async () => alike(await lookUp()) }),
		});
	}
}

/** True for an error of this package; with kinds, only for an error of one of them. */
export const isPaperlessError = (
	thrown: unknown,
	...kinds: ErrorKind[]
): thrown is PaperlessError =>
	thrown instanceof PaperlessError && (kinds.length === 0 || kinds.includes(thrown.kind));

/** JavaScript can throw anything; this turns it into an error where it is not one. */
export const asError = (thrown: unknown): Error =>
	thrown instanceof Error ? thrown : new Error(String(thrown));

/** A handler for requests about objects that may be gone: they then yield `undefined`. */
export const orNothing = (thrown: unknown): undefined => {
	if (isPaperlessError(thrown, 'notFound')) return undefined;
	throw thrown;
};

/** The same for objects that may also be hidden from the token’s user. */
export const orUnseen = (thrown: unknown): undefined => {
	if (isPaperlessError(thrown, 'notFound', 'forbidden')) return undefined;
	throw thrown;
};

/**
 * True for the ways in which a server refuses a name that exists already: with a field error, or, when
 * requests are simultaneous, by crashing (docs/paperless-api.md#names-and-owners).
 */
export const mayBeTaken = (thrown: unknown): thrown is PaperlessError =>
	isPaperlessError(thrown, 'invalid') ||
	(isPaperlessError(thrown, 'unavailable') && thrown.status === 500);
