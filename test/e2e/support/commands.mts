import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { root } from '../../../scripts/n8n/paths.mts';

/** What `npm start` runs after it has installed and built, always against a sandbox of its own. */
export class StartCommand {
	output = '';
	private readonly child: ChildProcess;
	private readonly ended: Promise<number | null>;

	constructor(args: string[], env: Record<string, string> = {}) {
		this.child = spawn(process.execPath, [path.join(root, 'scripts/n8n/main.mts'), ...args], {
			cwd: root,
			env: { ...process.env, NODE_OPTIONS: '', PAPERLESS_URL: '', PAPERLESS_TOKEN: '', ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const read = (chunk: Buffer) => {
			this.output += chunk.toString('utf8');
			this.child.emit('said');
		};
		this.child.stdout?.on('data', read);
		this.child.stderr?.on('data', read);
		this.ended = once(this.child, 'close').then(([code]) => code as number | null);
	}

	/** The first match in what the command has printed, as soon as it is there. */
	async says(pattern: RegExp): Promise<string> {
		for (;;) {
			const match = pattern.exec(this.output);
			if (match) return match[1] ?? match[0];
			const over = await Promise.race([
				once(this.child, 'said').then(() => false),
				this.ended.then(() => true),
			]);
			if (over && !pattern.test(this.output)) throw new Error(this.output);
		}
	}

	async end(signal?: NodeJS.Signals): Promise<number | null> {
		if (signal) this.child.kill(signal);
		return await this.ended;
	}
}

export async function isThere(url: string): Promise<boolean> {
	return await fetch(url).then(
		() => true,
		() => false,
	);
}
