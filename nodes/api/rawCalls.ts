import { z } from 'zod';
import type { Connection } from './connection';
import type { DownloadedFile } from './downloadedFile';
import { downloadedFile, mimeTypeOf } from './downloadedFile';
import { PaperlessError } from './errors';
import { explainUnreadable } from './explainUnreadable';
import type { ApiRequest, HttpReply, Query } from './httpTransport';
import { isWebPage } from './isWebPage';
import { parseJson } from './json';
import { readAll } from './readAll';
import { rowCount } from './schemas/rowCount';

const defaultPageSize = 100;

const row = z.object({ id: z.number() }).passthrough();

/** A page of a list whose rows can be told apart. */
const page = z.object({ count: rowCount, next: z.string().nullish(), results: z.array(row) });

/** Types of replies that can be read as a text. */
const textual = /^(text\/|application\/(json|xml|[\w.-]+\+(json|xml))$)/;

const isFile = (mimeType: string) =>
	`The request was carried out, and the reply is a file (${mimeType}). Choose “File” under “Response”.`;

/** JSON as a value, any other text as it is, and `undefined` for a reply without a body. */
function valueOf(reply: HttpReply<string>): unknown {
	const { body } = reply;
	if (body === '') return undefined;
	const mimeType = mimeTypeOf(reply);
	if (!textual.test(mimeType)) {
		throw new PaperlessError('invalid', 'The reply is no text', {
			description: isFile(mimeType),
			parameter: 'response',
		});
	}
	const parsed = parseJson(body);
	if (parsed.ok) return parsed.json;
	if (isWebPage(body)) throw explainUnreadable('notJson', reply);
	return body;
}

/** Requests that the caller chooses. */
export function rawCalls(connection: Connection) {
	const send = async (request: ApiRequest) => valueOf(await connection.call(request));
	return {
		send,

		/** The rows of all pages, or the reply as it is where it is no list in pages. */
		async sendAll(path: string, query: Query, pageSize = defaultPageSize): Promise<unknown> {
			const first = await send({
				method: 'GET',
				path,
				query: { ...query, page_size: String(pageSize) },
			});
			const { data } = page.safeParse(first);
			if (!data?.next) return first;
			const start = { count: data.count, results: data.results, more: true };
			return await readAll(connection, path, query, z.array(row), { pageSize }, start);
		},

		/** The reply as a file, or its value where it has no file. */
		async open(request: ApiRequest): Promise<{ file: DownloadedFile } | { value: unknown }> {
			const { body, ...reply } = await connection.openCall(request);
			return typeof body === 'string'
				? { value: valueOf({ ...reply, body }) }
				: { file: downloadedFile({ ...reply, body }, 'reply') };
		},
	};
}
