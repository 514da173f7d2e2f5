import { readFile } from 'node:fs/promises';

export { waitFor } from '../../../sandbox/n8n/waiting.mts';

export const logSays = async (file: string, words: string): Promise<true | undefined> =>
	(await readFile(file, 'utf8')).includes(words) || undefined;
