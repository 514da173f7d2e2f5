import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { CaseName } from './cases.mts';
import { burst, eventful, pageSize } from './cases.mts';
import { restingMemory, withPeak } from './memory.mts';
import type { Measured, Setting, Task } from './side.mts';
import { digest, fieldValue, newTags, tagToAdd, uploadedFiles } from './side.mts';
import { serve } from './worker.mts';

/** The quickest way to the same result that the server allows, by hand and with nothing around it. */

const dispatcher = new Agent({
	keepAliveTimeout: 60_000,
	connections: 4,
	headersTimeout: 0,
	bodyTimeout: 0,
});
const fields =
	'id,title,created,correspondent,document_type,storage_path,tags,archive_serial_number,custom_fields,added,modified,original_file_name';

type Row = Record<string, unknown> & { id: number; tags: number[]; custom_fields: Value[] };
type Value = { field: number; value: unknown };
type Page<T> = { count: number; results: T[] };
type Named = { id: number; name: string };

type Body = string | { form: AsyncIterable<Uint8Array>; boundary: string; length: number };

/** A form with one file. */
function formOf(name: string, content: AsyncIterable<Uint8Array> | [Buffer], size: number): Body {
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

class Server {
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

	private async names(route: string): Promise<Map<number, string>> {
		const { results } = await this.json<Page<Named>>('GET', `${route}/?page_size=10000`);
		return new Map(results.map(({ id, name }) => [id, name]));
	}

	/** Rows and the four kinds of names are asked for at the same time: nothing waits for another. */
	async documents(queries: string[], withPaths = false): Promise<object[]> {
		const [pages, correspondents, types, paths, tags, customFields] = await Promise.all([
			Promise.all(
				queries.map(
					async (query) =>
						await this.json<Page<Row>>('GET', `documents/?fields=${fields}&${query}`),
				),
			),
			this.names('correspondents'),
			this.names('document_types'),
			withPaths ? this.names('storage_paths') : new Map<number, string>(),
			this.names('tags'),
			this.names('custom_fields'),
		]);
		const { url } = this.setting;
		return pages.flatMap(({ results }) =>
			results.map((row) => ({
				id: row.id,
				title: row.title,
				created: row.created,
				correspondent: correspondents.get(row.correspondent as number) ?? null,
				document_type: types.get(row.document_type as number) ?? null,
				storage_path: paths.get(row.storage_path as number) ?? null,
				tags: row.tags.map((id) => tags.get(id)),
				archive_serial_number: row.archive_serial_number,
				custom_fields: Object.fromEntries(
					row.custom_fields.map(({ field, value }) => [customFields.get(field), value]),
				),
				added: row.added,
				modified: row.modified,
				original_file_name: row.original_file_name,
				url: `${url}/documents/${row.id}`,
			})),
		);
	}

	async tag(name: string): Promise<number[]> {
		const query = `name__iexact=${encodeURIComponent(name)}`;
		const { results } = await this.json<Page<Named>>('GET', `tags/?${query}`);
		return results.map(({ id }) => id);
	}

	async bulkEdit(documents: number[], method: string, parameters: object): Promise<number[]> {
		await this.json(
			'POST',
			'documents/bulk_edit/',
			JSON.stringify({ documents, method, parameters }),
		);
		return documents;
	}

	async post(form: Body): Promise<string> {
		return await this.json<string>('POST', 'documents/post_document/', form);
	}

	/** Asks for the newest tasks together until all are done, then for their documents. */
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

async function prepare(name: CaseName, run: number, setting: Setting): Promise<Task> {
	const server = new Server(setting);
	const pages = (rows: number) =>
		Array.from(
			{ length: Math.ceil(rows / pageSize) },
			(_, index) => `ordering=-created,-id&page=${index + 1}&page_size=${pageSize}`,
		);
	const counted = (result: unknown) => `${(result as unknown[]).length} documents`;
	const idList = (count: number) => setting.ids.slice(0, count);

	switch (name) {
		case 'list1000':
			return { work: async () => await server.documents(pages(1000)), summary: digest };
		case 'fiveKinds':
			return { work: async () => await server.documents(pages(1000), true), summary: digest };
		case 'list10000':
			return { work: async () => await server.documents(pages(10_000)), summary: digest };
		case 'gets': {
			const ids = idList(500);
			const query = `id__in=${ids.join(',')}&page_size=${ids.length}&ordering=id`;
			return { work: async () => await server.documents([query]), summary: digest };
		}
		case 'tags': {
			const documents = idList(1000);
			return {
				work: async () => {
					const parameters = {
						add_tags: await server.tag(tagToAdd('undici', run)),
						remove_tags: [],
					};
					return await server.bulkEdit(documents, 'modify_tags', parameters);
				},
				summary: digest,
			};
		}
		case 'bulkTags':
			return {
				work: async () => {
					const query = 'title__istartswith=Document&fields=id&page_size=100000';
					const { results } = await server.json<Page<Row>>('GET', `documents/?${query}`);
					const parameters = {
						add_tags: await server.tag(tagToAdd('undici', run)),
						remove_tags: [],
					};
					const documents = results.map(({ id }) => id);
					return await server.bulkEdit(documents, 'modify_tags', parameters);
				},
				summary: counted,
			};
		case 'equalFields': {
			const parameters = {
				add_custom_fields: { 1: fieldValue('undici', run) },
				remove_custom_fields: [],
			};
			const work = async () =>
				await server.bulkEdit(idList(1000), 'modify_custom_fields', parameters);
			return { work, summary: counted };
		}
		case 'differentFields': {
			const set = async (id: number) =>
				await server.bulkEdit([id], 'modify_custom_fields', {
					add_custom_fields: { 1: fieldValue('undici', run, id) },
					remove_custom_fields: [],
				});
			return { work: async () => await Promise.all(idList(1000).map(set)), summary: counted };
		}
		case 'upserts': {
			const create = async (name: string) =>
				await server.json('POST', 'tags/', JSON.stringify({ name }), 201);
			const work = async () => {
				await server.json('GET', 'tags/?page_size=10000');
				return await Promise.all(newTags('undici', run).map(create));
			};
			return { work, summary: (result) => `${(result as unknown[]).length} tags` };
		}
		case 'zip': {
			const target = path.join(setting.folder, 'floor.zip');
			const body = JSON.stringify({ documents: idList(200), content: 'archive' });
			return {
				work: async () => {
					const reply = await server.send('POST', 'documents/bulk_download/', body);
					await pipeline(reply.body, createWriteStream(target));
				},
				summary: () => '1 file',
			};
		}
		case 'uploads': {
			const files = uploadedFiles('undici', run);
			return {
				work: async () => {
					const tasks = files.map(async ({ name: fileName, text }) => {
						const bytes = Buffer.from(text);
						return await server.post(formOf(fileName, [bytes], bytes.length));
					});
					const statuses = await server.consumed(await Promise.all(tasks));
					await server.documents([`page_size=${files.length}&ordering=-id`]);
					return statuses;
				},
				summary: (result) => (result as string[]).join(' '),
			};
		}
		case 'picker':
			return {
				work: async () => {
					const query = 'ordering=name&page=1&page_size=100';
					const { results } = await server.json<Page<Named>>('GET', `correspondents/?${query}`);
					return results.map(({ id, name: text }) => ({ name: text, value: String(id) }));
				},
				summary: digest,
			};
		case 'burst':
			return {
				work: async () =>
					await server.documents(idList(burst).map((id) => `id__in=${id}&ordering=id`)),
				summary: (result) => `${burst} of ${(result as unknown[]).length} items`,
			};
		case 'state':
			return {
				work: async () => {
					const page = (at: number) => `ordering=-id&page=${at + 1}&page_size=${pageSize}`;
					const added = Array.from({ length: eventful.added / pageSize }, (_, at) => page(at));
					const inInbox = `is_in_inbox=true&ordering=-id&page_size=${eventful.inInbox}`;
					return await server.documents([...added, inInbox]);
				},
				summary: (result) => `${(result as unknown[]).length} items`,
			};
		case 'catchUp':
			return {
				work: async () =>
					await server.documents(
						Array.from(
							{ length: 5 },
							(_, at) => `ordering=-id&page=${at + 1}&page_size=${pageSize}`,
						),
					),
				summary: (result) => `${(result as unknown[]).length} items`,
			};
		case 'idleDocuments':
		case 'idleDeleted':
		case 'idleFailed':
		case 'idleLarge':
			return {
				work: async () => await server.json('GET', 'documents/?modified__gt=2100-01-01&fields=id'),
				summary: () => '0 items',
			};
		case 'largeUpload': {
			const file = createReadStream(setting.largeFile.path, { highWaterMark: 256 * 1024 });
			const { size } = await stat(setting.largeFile.path);
			const form = formOf('large.bin', file, size);
			return {
				work: async () => await server.consumed([await server.post(form)]),
				summary: (result) => (result as string[]).join(' '),
			};
		}
		case 'largeDownload': {
			const target = path.join(setting.folder, 'floor-download');
			return {
				work: async () => {
					const { body } = await server.send(
						'GET',
						`documents/${setting.largeFile.document}/download/`,
					);
					await pipeline(body, createWriteStream(target));
					return (await stat(target)).size;
				},
				summary: (result) => `${String(result)} bytes`,
			};
		}
	}
}

async function measure(name: CaseName, run: number, setting: Setting): Promise<Measured> {
	const { work, summary } = await prepare(name, run, setting);
	const { result, peak } = await withPeak(async () => {
		const since = performance.now();
		const done = await work();
		return { done, time: performance.now() - since };
	});
	return { time: result.time, peak, summary: summary(result.done), more: {} };
}

const methods = { measure, restingMemory };
export type Floor = typeof methods;
serve(methods);
