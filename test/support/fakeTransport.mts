import { Readable } from 'node:stream';
import type {
	ByteStream,
	HttpFailure,
	HttpReply,
	HttpRequest,
	HttpTransport,
} from '../../nodes/api/httpTransport';

export type Answer = HttpReply<string> | HttpFailure;
type Answers = Answer[] | ((request: HttpRequest) => Answer | Promise<Answer>);

/** What every authenticated reply of a server of that version carries. */
export const versionHeaders = {
	'2.15': { 'x-version': '2.15.3', 'x-api-version': '8' },
	'2.18': { 'x-version': '2.18.4', 'x-api-version': '9' },
	'2.20': { 'x-version': '2.20.15', 'x-api-version': '9' },
	'3.0': { 'x-version': '3.0.5', 'x-api-version': '10' },
	'3.2': { 'x-version': '3.2.1', 'x-api-version': '10' },
} as const;

export type Release = keyof typeof versionHeaders;

export const text = (
	body: string,
	status = 200,
	headers: Record<string, string> = versionHeaders['3.0'],
): HttpReply<string> => ({ status, headers, body });

export const json = (
	body: unknown,
	status = 200,
	headers: Record<string, string> = versionHeaders['3.0'],
): HttpReply<string> => text(JSON.stringify(body), status, headers);

export const page = (
	results: readonly unknown[],
	{ count = results.length, next = false, release = '3.0' as Release } = {},
): HttpReply<string> =>
	json(
		{ count, next: next ? 'https://elsewhere.test/api/?page=2' : null, previous: null, results },
		200,
		versionHeaders[release],
	);

/** Remembers what was asked for and answers from a list, or as a function decides. */
export class FakeTransport implements HttpTransport {
	readonly baseUrl: string;
	readonly credential?: string;
	readonly requests: HttpRequest[] = [];
	/** The highest number of requests that were under way together. */
	atOnce = 0;
	private underWay = 0;
	private readonly answers: Answers;

	constructor(answers: Answers, baseUrl = 'https://paperless.test', credential?: string) {
		this.answers = answers;
		this.baseUrl = baseUrl;
		if (credential !== undefined) this.credential = credential;
	}

	/** The requests as `GET api/tags/?page=1`, for short expectations. */
	get lines(): string[] {
		return this.requests.map(({ method, path, query }) =>
			[`${method} ${path}`, new URLSearchParams(query).toString()].filter(Boolean).join('?'),
		);
	}

	async request(request: HttpRequest): Promise<Answer> {
		this.requests.push(request);
		this.underWay += 1;
		this.atOnce = Math.max(this.atOnce, this.underWay);
		await new Promise(setImmediate);
		this.underWay -= 1;
		const answer = Array.isArray(this.answers) ? this.answers.shift() : this.answers(request);
		if (answer === undefined) throw new Error(`No answer is left for ${this.lines.at(-1)}`);
		return await answer;
	}

	async open(request: HttpRequest): Promise<HttpReply<ByteStream | string> | HttpFailure> {
		const answer = await this.request(request);
		return 'failure' in answer || answer.status !== 200
			? answer
			: { ...answer, body: Readable.from([Buffer.from(answer.body)]) };
	}
}

/** In place of real pauses: notes their lengths and returns at once. */
export function recordedWait() {
	const pauses: number[] = [];
	return {
		pauses,
		wait: async (milliseconds: number) => {
			pauses.push(milliseconds);
		},
	};
}

export async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
	const chunks: string[] = [];
	for await (const chunk of stream) chunks.push(String(chunk));
	return chunks.join('');
}

/** The refusal that a promise must end with; a promise that keeps its word fails the test. */
export async function refusalOf<E extends Error>(
	promise: Promise<unknown>,
	type: abstract new (...args: never[]) => E,
): Promise<E> {
	const outcome = await promise.then(
		(value) => new Error(`It was not refused but gave ${JSON.stringify(value)}`),
		(thrown: unknown) => thrown,
	);
	if (outcome instanceof type) return outcome;
	throw outcome;
}
