import { readFile } from 'node:fs/promises';
import type { ProfileName } from '../paperless/profiles.mts';

export interface RecordedRequest {
	method: string;
	path: string;
	query?: [string, string][];
	headers: Record<string, string>;
	json?: unknown;
	text?: string;
	form?: [string, string][];
	files?: { field: string; fixture: string; filename: string; type: string }[];
}

export interface RecordedResponse {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
	text?: string;
	/** Left out of a body that was too long to keep, together with its length. */
	starts?: string;
	bytes?: number;
	/** How long a list was of which only the beginning was kept. */
	rows?: number;
	binary?: { bytes: number; sha256: string; first16: string };
}

export interface Exchange {
	title: string;
	as: string;
	request: RecordedRequest;
	response: RecordedResponse;
}

export type Entry = Exchange | { note: string } | { observed: unknown } | { delivery: unknown };

export const isExchange = (entry: Entry): entry is Exchange => 'request' in entry;

const folder = new URL('../../test/recordings/', import.meta.url);

export async function readChapter(profile: ProfileName, chapter: string): Promise<Entry[]> {
	const text = await readFile(new URL(`${profile}/${chapter}.json`, folder), 'utf8');
	return (JSON.parse(text) as { exchanges: Entry[] }).exchanges;
}

export const readFixture = (name: string): Promise<Buffer> =>
	readFile(new URL(`files/${name}`, folder));
