import { createHash } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';
import type { CaseName } from './cases.mts';
import { withPeak } from './memory.mts';

/** A file to upload, on the disk and in n8n's store, and the document to download. */
export type LargeFile = { path: string; stored: IBinaryData | undefined; document: number };

/** What every side gets to know: where the server is, and what it holds. */
export type Setting = {
	url: string;
	token: string;
	ids: number[];
	largeFile: LargeFile;
	folder: string;
};

/** Figures that only some cases have, by name. */
export type Extras = Readonly<Record<string, number>>;

/** Timed work and the untimed steps after it. The preparation happened when the task was made. */
export type Task = {
	work: () => Promise<unknown>;
	summary: (result: unknown) => string;
	extras?: (result: unknown) => Promise<Extras>;
};

export type Measured = {
	/** Milliseconds for doing the work once. */
	time: number;
	/** Highest resident memory, in bytes. */
	peak: number;
	/** Equal on all sides if they did the same. */
	summary: string;
	extras: Extras;
};

/** A side of a case: the package in n8n, or a floor. */
export type PrepareTask = (name: CaseName, run: number, setting: Setting) => Promise<Task>;

/** The function by which a process measures its side. `repeats` is how often it does the work in a row. */
export const measurer =
	(prepare: PrepareTask) =>
	async (name: CaseName, run: number, setting: Setting, repeats: number): Promise<Measured> => {
		const { work, summary, extras } = await prepare(name, run, setting);
		const { result, peak } = await withPeak(async () => {
			const start = performance.now();
			let done = await work();
			for (let repeat = 1; repeat < repeats; repeat += 1) done = await work();
			return { done, time: (performance.now() - start) / repeats };
		});
		return {
			time: result.time,
			peak,
			summary: summary(result.done),
			extras: (await extras?.(result.done)) ?? {},
		};
	};

export const digest = (result: unknown): string => {
	const json = JSON.stringify(result);
	return `${createHash('sha256').update(json).digest('hex')} of ${json.length} characters`;
};
