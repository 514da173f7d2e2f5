import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { Agent, request } from 'undici';
import type { Named, Page } from './floorDocuments.mts';
import { floorDocuments } from './floorDocuments.mts';
import type { Setting } from './task.mts';

const dispatcher = new Agent({
	keepAliveTimeout: 60_000,
	connections: 4,
	headersTimeout: 0,
	bodyTimeout: 0,
});

type Body = string | { form: AsyncIterable<Uint8Array>; boundary: string; length: number };

/** A form with one file. */
export function formOf(
	name: string,
	content: AsyncIterable<Uint8Array> | [Buffer],
	size: number,
): Body {
	const boundary = randomUUID();
	const head = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="document"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
	);
	const end = Buffer.from(`\r\n--${boundary}--\r\n`);
	async function* form() {
		yield head;
		yield* content;
		yield end;
	}
	return { form: form(), boundary, length: head.length + size + end.length };
}

function headersFor(body: Body | undefined): Record<string, string> {
	if (body === undefined) return {};
	if (typeof body === 'string') return { 'content-type': 'application/json' };
	return {
		'content-type': `multipart/form-data; boundary=${body.boundary}`,
		'content-length': String(body.length),
	};
}

/** The fastest way to a result that the server allows: undici, by hand and without n8n. */
export class FloorClient {
	private readonly setting: Setting;

	constructor(setting: Setting) {
		this.setting = setting;
	}

	async send(method: 'GET' | 'POST', route: string, body?: Body) {
		return await request(`${this.setting.url}/api/${route}`, {
			method,
			dispatcher,
			headers: {
				authorization: `Token ${this.setting.token}`,
				accept: 'application/json; version=10',
				...headersFor(body),
			},
			...(body !== undefined && {
				body: typeof body === 'string' ? body : Readable.from(body.form),
			}),
		});
	}

	async json<T>(method: 'GET' | 'POST', route: string, body?: Body, status = 200): Promise<T> {
		const { statusCode, body: reply } = await this.send(method, route, body);
		if (statusCode !== status) throw new Error(`${route}: ${statusCode} ${await reply.text()}`);
		return (await reply.json()) as T;
	}

	async documents(queries: readonly string[], withPaths = false): Promise<IDataObject[]> {
		const fetch = <T,>(route: string) => this.json<T>('GET', route);
		return await floorDocuments(fetch, this.setting.url, queries, withPaths);
	}

	async tagIds(name: string): Promise<number[]> {
		const query = `name__iexact=${encodeURIComponent(name)}`;
		const { results } = await this.json<Page<Named>>('GET', `tags/?${query}`);
		return results.map(({ id }) => id);
	}

	async bulkEdit(documents: number[], method: string, parameters: object): Promise<number[]> {
		const body = JSON.stringify({ documents, method, parameters });
		await this.json('POST', 'documents/bulk_edit/', body);
		return documents;
	}

	/** Returns the id of the server's task. */
	async upload(form: Body): Promise<string> {
		return await this.json<string>('POST', 'documents/post_document/', form);
	}

	/** Polls the newest tasks together until all of these succeeded. */
	async consumed(taskIds: string[]): Promise<string[]> {
		for (;;) {
			const query = `page_size=${taskIds.length}&ordering=-date_created`;
			const { results } = await this.json<Page<{ task_id: string; status: string }>>(
				'GET',
				`tasks/?${query}`,
			);
			const done = results.filter(
				({ task_id, status }) => taskIds.includes(task_id) && status === 'success',
			);
			if (done.length === taskIds.length) return done.map(() => 'created');
			await wait(50);
		}
	}
}
