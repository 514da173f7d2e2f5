import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Store, Webhook } from './store.mts';
import { render } from './workflowText.mts';
import type { Texts } from './workflowText.mts';

export interface AttachedFile {
	name: string;
	type: string;
	bytes: Uint8Array;
}

interface Content {
	body: Buffer;
	type?: string;
}

type Texted = [string, string][];

/** Omits all values from the first one that cannot be rendered. */
function renderParams(store: Store, params: unknown, texts: Texts): Texted {
	const pairs: Texted = [];
	for (const [name, template] of Object.entries(params ?? {})) {
		const value = typeof template === 'string' ? render(store, template, texts) : undefined;
		if (value === undefined) break;
		pairs.push([name, value]);
	}
	return pairs;
}

function multipart(pairs: Texted, file: AttachedFile): Content {
	const boundary = randomUUID().replaceAll('-', '');
	const part = (disposition: string, type = ''): string =>
		`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`;
	const fields = pairs.map(([name, value]) => `${part(`name="${name}"`)}${value}\r\n`);
	const head = part(`name="file"; filename="${file.name}"`, `Content-Type: ${file.type}\r\n`);
	const body = Buffer.concat([
		Buffer.from(fields.join('') + head),
		file.bytes,
		Buffer.from(`\r\n--${boundary}--\r\n`),
	]);
	return { body, type: `multipart/form-data; boundary=${boundary}` };
}

/** The content of a webhook, which can lack requested parts. `undefined` sends nothing. */
function compose(
	store: Store,
	{ use_params: usesParams, as_json: asJson, ...webhook }: Webhook,
	texts: Texts,
	file: AttachedFile | undefined,
): Content | undefined {
	const json = (value: unknown): Content => ({
		body: Buffer.from(JSON.stringify(value)),
		type: 'application/json',
	});
	const attached = webhook.include_document ? file : undefined;
	if (!usesParams) {
		const body = render(store, webhook.body ?? '', texts);
		if (body === undefined) return undefined;
		if (!asJson) return { body: Buffer.from(body) };
		return attached ? multipart([], attached) : json(body);
	}
	const pairs = renderParams(store, webhook.params, texts);
	if (attached) return multipart(asJson ? [] : pairs, attached);
	if (asJson) return json(Object.fromEntries(pairs));
	return {
		body: Buffer.from(new URLSearchParams(pairs).toString()),
		type: 'application/x-www-form-urlencoded',
	};
}

function headersOf({ headers }: Webhook, { body, type }: Content): OutgoingHttpHeaders {
	const own = Object.entries((headers ?? {}) as Record<string, string>)
		.map(([name, value]): [string, string] => [name.toLowerCase(), value])
		.filter(([name]) => name !== 'host');
	return {
		accept: '*/*',
		'accept-encoding': 'gzip, deflate, br, zstd',
		connection: 'keep-alive',
		'user-agent': 'python-httpx/0.28.1',
		...(type && { 'content-type': type }),
		...Object.fromEntries(own),
		'content-length': body.length,
	};
}

/** Queues a webhook, unless its text cannot be rendered. */
export function post(
	store: Store,
	webhook: Webhook,
	texts: Texts,
	file: AttachedFile | undefined,
): void {
	const content = compose(store, webhook, texts, file);
	if (content === undefined) return;
	const letter = { url: webhook.url, headers: headersOf(webhook, content), body: content.body };
	store.postman.post(letter, store.settings);
}
