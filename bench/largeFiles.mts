import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gibibyte } from './cases.mts';
import { serve } from './worker.mts';

/**
 * As much of a Paperless-ngx 3.0 as an upload and a download need. It keeps no byte, which the
 * sandbox does, so that files of any size pass.
 */
const block = randomBytes(1024 ** 2);
const task = '00000000-0000-4000-8000-000000000001';
const document = { id: 1, title: 'Large', created: '2026-01-01', tags: [], custom_fields: [] };
const versions = { 'X-Api-Version': '10', 'X-Version': '3.0.5' };

let requests = 0;
let taken = 0;

function* blocks() {
	for (let left = gibibyte; left > 0; left -= block.length) yield block;
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
	for await (const chunk of request) taken += (chunk as Buffer).length;
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	if (pathname === `/api/documents/${document.id}/download/`) {
		response.writeHead(200, {
			...versions,
			'Content-Type': 'application/pdf',
			'Content-Length': gibibyte,
			'Content-Disposition': 'attachment; filename="large.pdf"',
		});
		Readable.from(blocks(), { objectMode: true, highWaterMark: 1 })
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
	counts: () => ({ requests, taken }),
	forget: () => {
		requests = 0;
		taken = 0;
	},
};
export type LargeFiles = typeof methods;
serve(methods);
