import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { N8n } from './n8n.mts';
import { optionsOfN8n } from './sides.mts';
import type { LargeFile } from './task.mts';
import { gibibyte, mebibyte } from './units.mts';
import { Worker } from './worker.mts';

export type LargeFiles = { small: LargeFile; large: LargeFile };

const noFile: LargeFile = { path: '', stored: undefined, document: 0 };
export const noLargeFiles: LargeFiles = { small: noFile, large: noFile };

async function writeFileOf(size: number, file: string): Promise<string> {
	const block = randomBytes(mebibyte);
	function* blocks() {
		for (let written = 0; written < size; written += block.length) yield block;
	}
	await pipeline(blocks, createWriteStream(file));
	return file;
}

/** Writes the files and puts them into n8n's store. A separate process does it, and no measured one. */
export async function storeLargeFiles(folder: string): Promise<LargeFiles> {
	const n8n = new Worker<N8n>('n8n.mts', optionsOfN8n(folder));
	const store = async (size: number, document: number): Promise<LargeFile> => {
		const file = await writeFileOf(size, path.join(folder, `${size}.bin`));
		return { path: file, stored: await n8n.call('store', file), document };
	};
	try {
		return { small: await store(mebibyte, 2), large: await store(gibibyte, 1) };
	} finally {
		await n8n.stop();
	}
}
