import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isUpdate } from './isUpdate.mts';

/** What a file holds; where jest updates snapshots, it is written first. */
export function storedSchema(file: string, seen: string): string {
	if (isUpdate()) {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, seen);
	}
	if (existsSync(file)) return readFileSync(file, 'utf8');
	throw new Error(`${file} is missing. “npm test -- outputSchemas -u” writes it.`);
}
