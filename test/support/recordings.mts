import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { HttpReply } from '../../nodes/api/httpTransport';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export type Exchange = {
	title: string;
	as: string;
	request: {
		method: string;
		path: string;
		query?: Array<[string, string]>;
		headers: Record<string, string>;
		json?: Json;
		text?: string;
		form?: Array<[string, string]>;
		files?: Array<{ field: string; fixture: string; filename: string; type: string }>;
	};
	response: {
		status: number;
		headers?: Record<string, string>;
		json?: Json;
		text?: string;
		binary?: { first16: string };
	};
};

/** The exchanges of one chapter; notes and deliveries between them are left out. */
export function readChapter(version: string, chapter: string): Exchange[] {
	const file = path.join(process.cwd(), 'test/recordings', version, `${chapter}.json`);
	const { exchanges } = JSON.parse(readFileSync(file, 'utf8')) as { exchanges: object[] };
	return exchanges.filter((entry): entry is Exchange => 'request' in entry && 'response' in entry);
}

/** The methods that a server named in its replies, by path below `/api/`. */
export function recordedAllowances(version: string): Array<{ path: string; methods: string[] }> {
	const chapters = readdirSync(path.join(process.cwd(), 'test/recordings', version));
	const found = new Map<string, string>();
	for (const chapter of chapters) {
		for (const { request, response } of readChapter(version, chapter.replace(/\.json$/, ''))) {
			const [, below] = /^\/api\/([^?]+\/)$/.exec(request.path) ?? [];
			if (below && response.headers?.allow) found.set(below, response.headers.allow);
		}
	}
	return [...found].map(([below, allow]) => ({
		path: below,
		methods: allow.split(', ').filter((method) => !['HEAD', 'OPTIONS'].includes(method)),
	}));
}

/** A recorded reply as a transport hands it over. */
export function replyOf({ response }: Exchange): HttpReply<string> {
	const { status, headers = {}, json, text, binary } = response;
	const body = json !== undefined ? JSON.stringify(json) : (text ?? binary?.first16 ?? '');
	return { status, headers, body };
}

/** For figures that are no assertion but that whoever changes a table wants to see. */
export const report = (line: string): boolean => process.stderr.write(`${line}\n`);
