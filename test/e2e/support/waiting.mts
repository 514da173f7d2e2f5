import { readFile } from 'node:fs/promises';

export { waitFor } from '../../../scripts/n8n/waiting.mts';

export const timesSaid = async (file: string, words: RegExp): Promise<number> =>
	(await readFile(file, 'utf8')).match(new RegExp(words, 'g'))?.length ?? 0;
