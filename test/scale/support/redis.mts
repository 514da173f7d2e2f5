import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { freePort } from '../../../scripts/n8n/ports.mts';

export interface Redis {
	port: number;
	stop(): Promise<void>;
}

/** Keeps nothing on the disk; the shell ends it when whoever started it is gone. */
export async function startRedis(): Promise<Redis> {
	const port = await freePort();
	const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
	const child = spawn('sh', ['-c', 'redis-server "$@" & read -r _; kill $!', 'sh', ...settings], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = once(child, 'close');
	const said: string[] = [];
	const ready = new Promise<void>((resolve) => {
		createInterface(child.stdout).on('line', (line) => {
			said.push(line);
			if (line.includes('Ready to accept connections')) resolve();
		});
	});
	await Promise.race([
		ready,
		ended.then(() => {
			throw new Error(`redis-server ended while it started.\n${said.join('\n')}`);
		}),
	]);
	return {
		port,
		stop: async () => {
			child.stdin.end();
			await ended;
		},
	};
}
