import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { root } from './paths.mts';

export interface Paperless {
	url: string;
	token: string;
	/** Whether it is the sandbox, which may be steered and filled at will. */
	sandbox: boolean;
	stop(): Promise<void>;
}

export interface SandboxOptions {
	port?: number;
	profile?: string;
	state?: 'empty' | 'base' | 'sample';
}

/** The server that PAPERLESS_URL and PAPERLESS_TOKEN name, or a sandbox where they are not set. */
export async function startPaperless(options: SandboxOptions = {}): Promise<Paperless> {
	const { PAPERLESS_URL: url, PAPERLESS_TOKEN: token } = process.env;
	if (url && token) return { url, token, sandbox: false, stop: async () => undefined };
	if (url || token) {
		throw new Error('Set both PAPERLESS_URL and PAPERLESS_TOKEN, or neither for the sandbox.');
	}
	return await startSandbox(options);
}

async function startSandbox(options: SandboxOptions): Promise<Paperless> {
	const { port = 0, profile = '3.0.5', state = 'sample' } = options;
	const child = spawn(
		process.execPath,
		[
			path.join(root, 'sandbox', 'main.mts'),
			'--profile',
			profile,
			'--port',
			String(port),
			'--state',
			state,
			'--exit-with-parent',
		],
		{
			cwd: root,
			stdio: ['pipe', 'pipe', 'inherit'],
			env: { ...process.env, NODE_OPTIONS: '' },
			// Ctrl-C ends n8n first, which may still be talking to it.
			detached: process.platform !== 'win32',
		},
	);
	const ended = once(child, 'exit');
	const line = await Promise.race([
		once(createInterface(child.stdout), 'line').then(([first]) => String(first)),
		ended.then(([code]) => {
			throw new Error(`The sandbox Paperless-ngx ended with code ${String(code)}`);
		}),
	]);
	const ready = JSON.parse(line) as { url: string; tokens: { admin: string } };
	return {
		url: ready.url,
		token: ready.tokens.admin,
		sandbox: true,
		stop: async () => {
			child.kill('SIGTERM');
			await ended;
		},
	};
}
