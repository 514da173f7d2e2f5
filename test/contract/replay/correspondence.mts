import type { Exchange } from './recordings.mts';

/** What is different on every server: the recorded value, and what stands in its place here. */
export class Correspondence {
	readonly #own = new Map<string, string>();

	constructor(tokens: Record<string, string>) {
		for (const [name, token] of Object.entries(tokens)) this.#own.set(`{{${name}}}`, token);
		this.#own.set('{{wrong}}', '0'.repeat(40));
	}

	learn(recorded: string, own: string): void {
		this.#own.set(recorded, own);
		if (/^[A-Za-z0-9]{50}$/.test(recorded)) this.#own.set(recorded.slice(0, 12), own.slice(0, 12));
		// A time cut to milliseconds must stay a cut of the same time.
		if (/\.\d{6}Z$/.test(recorded)) this.#own.set(recorded.slice(0, 23), own.slice(0, 23));
	}

	knows(recorded: string): boolean {
		return this.#own.has(recorded);
	}

	translate(text: string): string {
		const exact = this.#own.get(text);
		if (exact !== undefined) return exact;
		return text.replace(volatile, (part) => this.#own.get(part) ?? this.#cut(part));
	}

	#cut(part: string): string {
		const own = this.#own.get(part.slice(0, 23));
		return own === undefined || !/^\d{4}-/.test(part) ? part : own + part.slice(23);
	}

	/** The exchange as it has to be sent to this server. */
	translateRequest(exchange: Exchange): Exchange {
		const request = deepMap(exchange.request, (text) =>
			this.translate(text),
		) as Exchange['request'];
		return { ...exchange, request };
	}
}

/** Placeholders, the receiver of webhooks, times with a fraction, task ids, and ids of select options, slugs. */
const volatile =
	/\{\{\w+\}\}|http:\/\/sink\.test|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?:[A-Za-z0-9]{16}|[A-Za-z0-9]{50})\b|(?<=paperless-share-)\w{12}/g;

export function deepMap(value: unknown, map: (text: string) => string): unknown {
	if (typeof value === 'string') return map(value);
	if (Array.isArray(value)) return value.map((item) => deepMap(item, map));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deepMap(item, map)]));
}
