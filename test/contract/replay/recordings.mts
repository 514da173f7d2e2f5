import { readFile } from 'node:fs/promises';
import type { RecordedName } from '../../../sandbox/profiles.mts';
import type { Delivery } from './sink.mts';

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
	/** Whether the answer was shortened to its most telling keys. */
	cut?: boolean;
}

export type Entry =
	| Exchange
	| { note: string }
	| { observed: { action: string } }
	| { delivery: Delivery };

export const isExchange = (entry: Entry): entry is Exchange => 'request' in entry;

/** Shortens an answer as the recorded one was. */
export function cutAs(recorded: unknown, own: unknown): unknown {
	const isObject = (value: unknown): value is Record<string, unknown> =>
		typeof value === 'object' && value !== null && !Array.isArray(value);
	if (Array.isArray(recorded) && Array.isArray(own)) {
		const kept = recorded.length > 0 ? own : own.filter(isObject);
		return kept.map((item, index) => cutAs(recorded[index], item));
	}
	if (!isObject(recorded) || !isObject(own)) return own;
	const kept = Object.entries(own).filter(([name]) => name in recorded);
	return Object.fromEntries(kept.map(([name, value]) => [name, cutAs(recorded[name], value)]));
}

const folder = new URL('../../recordings/', import.meta.url);

export async function readChapter(profile: RecordedName, chapter: string): Promise<Entry[]> {
	const text = await readFile(new URL(`${profile}/${chapter}.json`, folder), 'utf8');
	return (JSON.parse(text) as { exchanges: Entry[] }).exchanges;
}

export const readFixture = (name: string): Promise<Buffer> =>
	readFile(new URL(`files/${name}`, folder));
