import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from './engine.mts';

/** One of the files that the recordings were made with. */
export const fixtureBytes = async (name: string): Promise<Uint8Array> =>
	await readFile(path.join(process.cwd(), 'test/recordings/files', name));

/** An item with one of these files. */
export async function fixtureItem(engine: Engine, name: string, mimeType: string) {
	const bytes = await fixtureBytes(name);
	return { json: {}, binary: { data: await engine.store(bytes, name, mimeType) } };
}
