import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from './engine.mts';

/** An item with one of the files that the recordings were made with. */
export async function fixtureItem(engine: Engine, name: string, mimeType: string) {
	const bytes = await readFile(path.join(process.cwd(), 'test/recordings/files', name));
	return { json: {}, binary: { data: await engine.store(bytes, name, mimeType) } };
}
