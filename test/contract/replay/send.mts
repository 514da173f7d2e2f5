import { request as open } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { readFixture } from './recordings.mts';
import type { Exchange, RecordedRequest } from './recordings.mts';

export interface Actual {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** Sends a request exactly as it was recorded, which a client that means well would not do. */
export async function send(base: string, { title, request }: Exchange): Promise<Actual> {
	const { body, type } = await bodyOf(request, /Latin-1/.test(title));
	const { hostname, port } = new URL(base);
	const query = request.query
		?.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
	const path =
		request.path.replace(/[^\x21-\x7e]/g, encodeURIComponent) + (query ? `?${query}` : '');
	const contentType = request.headers['Content-Type'] ?? type;
	const headers = {
		Host: 'paperless.test',
		...request.headers,
		...(contentType !== undefined && { 'Content-Type': contentType }),
		...(body && { 'Content-Length': String(body.length) }),
	};
	return new Promise((resolve, reject) => {
		const outgoing = open(
			{ hostname, port, path, method: request.method, headers, agent: false },
			(incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('error', reject);
				incoming.on('end', () => {
					resolve({
						status: incoming.statusCode ?? 0,
						headers: incoming.headers,
						body: Buffer.concat(chunks),
					});
				});
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

async function bodyOf(
	request: RecordedRequest,
	latin1: boolean,
): Promise<{ body?: Buffer; type?: string }> {
	const { json, text, form, files } = request;
	if (text !== undefined) return { body: Buffer.from(text, latin1 ? 'latin1' : 'utf8') };
	if (json !== undefined)
		return { body: Buffer.from(JSON.stringify(json)), type: 'application/json' };
	if (files === undefined) {
		if (form === undefined) return {};
		return {
			body: Buffer.from(new URLSearchParams(form).toString()),
			type: 'application/x-www-form-urlencoded',
		};
	}
	const boundary = 'recorded-exchange';
	const parts: Buffer[] = [];
	for (const [name, value] of form ?? []) {
		parts.push(
			Buffer.from(
				`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
			),
		);
	}
	for (const { field, fixture, filename, type } of files) {
		const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${filename.replaceAll('"', '%22')}"\r\nContent-Type: ${type}\r\n\r\n`;
		parts.push(Buffer.from(head), await readFixture(fixture), Buffer.from('\r\n'));
	}
	parts.push(Buffer.from(`--${boundary}--\r\n`));
	return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}
