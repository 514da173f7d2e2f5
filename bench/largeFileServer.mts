import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { gibibyte, mebibyte } from './units.mts';
import { serve } from './worker.mts';

/**
 * As much of Paperless-ngx 3.0 as an upload and a download need. The sandbox keeps files in memory;
 * this server drops them, so they can have any size.
 */
const block = randomBytes(mebibyte);
const task = '00000000-0000-4000-8000-000000000001';
const document = { id: 1, title: 'Large', created: '2026-01-01', tags: [], custom_fields: [] };
const versions = { 'X-Api-Version': '10', 'X-Version': '3.0.5' };

let requests = 0;

/** The sizes of the documents, by id. */
const sizes: Record<string, number> = { 1: gibibyte, 2: mebibyte };

function* blocks(size: number) {
	for (let left = size; left > 0; left -= block.length) yield block;
}

const page = (results: unknown[]) => ({
	count: results.length,
	next: null,
	previous: null,
	results,
});

const answers: Record<string, (query: URLSearchParams) => unknown> = {
	'GET /api/documents/next_asn/': () => 1,
	'GET /api/documents/': (query) => page(query.has('id__in') ? [document] : []),
	'POST /api/documents/post_document/': () => task,
	'GET /api/tasks/': () =>
		page([
			{
				id: 1,
				task_id: task,
				status: 'success',
				result_data: { document_id: document.id },
				related_document_ids: [document.id],
			},
		]),
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	requests += 1;
	await finished(request.resume());
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	const [, id = ''] = /^\/api\/documents\/(\d+)\/download\/$/.exec(pathname) ?? [];
	const size = sizes[id];
	if (size !== undefined) {
		response.writeHead(200, {
			...versions,
			'Content-Type': 'application/pdf',
			'Content-Length': size,
			'Content-Disposition': 'attachment; filename="large.pdf"',
		});
		Readable.from(blocks(size), { objectMode: true, highWaterMark: 1 })
			.on('error', () => response.destroy())
			.pipe(response);
		return;
	}
	const body = answers[`${request.method} ${pathname}`]?.(searchParams);
	const json = JSON.stringify(body ?? { detail: 'Not found.' });
	response.writeHead(body === undefined ? 404 : 200, {
		...versions,
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(json),
	});
	response.end(json);
}

async function start(): Promise<string> {
	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	server.requestTimeout = 0;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const methods = {
	start,
	requests: () => requests,
	forget: () => {
		requests = 0;
	},
};
export type LargeFileServer = typeof methods;
serve(methods);
