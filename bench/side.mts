import { createHash } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';
import { uploads } from './cases.mts';

/** A file to send, as it lies on the disk and as n8n keeps it, and the document to fetch. */
export type LargeFile = { path: string; stored: IBinaryData | undefined; document: number };

/** What both sides are told: where the server is, and what it holds. */
export type Setting = {
	url: string;
	token: string;
	ids: number[];
	largeFile: LargeFile;
	folder: string;
};

/** Untimed preparation, the timed work, and an untimed look at what came of it. */
export type Task = {
	work: () => Promise<unknown>;
	summary: (result: unknown) => string;
	/** What else is to be told of it, looked up untimed. */
	more?: (result: unknown) => Promise<More>;
};

/** Figures that only some cases have, by name. */
export type More = Readonly<Record<string, number>>;

export type Measured = {
	/** Milliseconds */
	time: number;
	/** Bytes */
	peak: number;
	/** Equal on both sides when both did the same. */
	summary: string;
	more: More;
};

export const digest = (result: unknown): string => {
	const json = JSON.stringify(result);
	return `${createHash('sha256').update(json).digest('hex')} of ${json.length} characters`;
};

/** A tag that the documents do not all have yet, so that every run changes something. */
export const tagToAdd = (side: 'n8n' | 'undici', run: number): string =>
	`Tag ${run + (side === 'n8n' ? 1 : 21)}`;

/** Texts that no other run sends: the server refuses what it has. */
export const uploadedFiles = (
	side: 'n8n' | 'undici',
	run: number,
): Array<{ name: string; text: string }> =>
	Array.from({ length: uploads }, (_, index) => ({
		name: `${side}-${run}-${index}.txt`,
		text: `File ${index} of run ${run} by ${side}. `.repeat(1500),
	}));

/** A value that no document has yet. */
export const fieldValue = (side: 'n8n' | 'undici', run: number, index = 0): string =>
	`${side} ${run} ${index}`;

/** Names that no tag has yet. */
export const newTags = (side: 'n8n' | 'undici', run: number): string[] =>
	Array.from({ length: 500 }, (_, index) => `${side} ${run} ${index}`);
