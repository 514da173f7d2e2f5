import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Comes back when it is so; for what cannot be awaited itself. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
	while (!(await isSo())) await pause(200);
}

export const logSays = async (file: string, words: string): Promise<boolean> =>
	(await readFile(file, 'utf8')).includes(words);
