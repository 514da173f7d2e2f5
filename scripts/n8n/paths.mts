import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const n8nFolder = import.meta.dirname;

/**
 * n8n's own data lives outside the clone: below it, an installed package would find the clone's
 * node_modules, and a module that is missing in a real n8n would go unnoticed.
 */
export function userFolder(name: string): string {
	const clone = createHash('sha256').update(root).digest('hex').slice(0, 8);
	return path.join(cacheFolder(), 'n8n-nodes-paperless-ngx', clone, name);
}

function cacheFolder(): string {
	const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
	if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
	return path.join(
		homedir(),
		...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']),
	);
}
