import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { n8nFolder } from './paths.mts';
import { freePort } from './ports.mts';

const READY_WITHIN_MS = 240_000;
const STOPPED_WITHIN_MS = 10_000;
const LOG_LINES_ON_FAILURE = 40;

/** What would make this n8n share data with another one, or take itself for a part of a test. */
const FOREIGN_SETTINGS =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|CREDENTIALS_|EXTERNAL_|NODES_|NODE_(?!EXTRA_CA_CERTS)|JEST_|npm_)/;

const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_PUBLIC_API_DISABLED: 'true',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

export interface N8nOptions {
	userFolder: string;
	/** In queue mode workers and webhook processes share the folder of a main. */
	command?: 'start' | 'worker' | 'webhook';
	/** Names its log. */
	name?: string;
	/** Taken when free; any other port otherwise. */
	port?: number;
	settings?: Record<string, string>;
}

export interface N8nServer {
	url: string;
	port: number;
	logFile: string;
	/** Settles when the process has ended, for whatever reason. */
	ended: Promise<void>;
	stop(): Promise<void>;
	/** Ends it as a power cut does. */
	kill(): Promise<void>;
}

export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { userFolder, command = 'start', name = 'n8n' } = options;
	await mkdir(userFolder, { recursive: true });
	const port = await freePort(options.port ?? 0);
	const brokerPort = await freePort();
	const logFile = path.join(userFolder, `${name}.log`);
	const log = await open(logFile, 'w');

	const child = spawn(
		process.execPath,
		[
			'--require',
			path.join(import.meta.dirname, 'exit-with-parent.cjs'),
			path.join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'),
			command,
		],
		{
			cwd: userFolder,
			env: environment(options, port, brokerPort),
			stdio: ['ignore', log.fd, log.fd, 'ipc'],
			// A group of its own: Ctrl-C reaches this process only, which then stops n8n in order.
			detached: process.platform !== 'win32',
		},
	);
	await log.close();
	const ended = once(child, 'exit').then(() => undefined);
	const server: N8nServer = {
		url: `http://127.0.0.1:${port}`,
		port,
		logFile,
		ended,
		stop: async () => await stop(child, ended),
		kill: async () => {
			killGroup(child);
			await ended;
		},
	};

	try {
		await ready(server, child);
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}

function environment(options: N8nOptions, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN_SETTINGS.test(name));
	return {
		...Object.fromEntries(inherited),
		...QUIET,
		NO_PROXY: [process.env['NO_PROXY'], '127.0.0.1', 'localhost'].filter(Boolean).join(','),
		N8N_USER_FOLDER: options.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// Where a worker says whether it is ready.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'instance-ai,mcp,mcp-registry,chat-hub,agents',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...seenByPaperless(port),
		...options.settings,
	};
}

/** For a Paperless-ngx that runs in a container and cannot call n8n at 127.0.0.1. */
function seenByPaperless(port: number): NodeJS.ProcessEnv {
	const host = process.env['N8N_SEEN_BY_PAPERLESS'];
	if (!host) return {};
	return { N8N_LISTEN_ADDRESS: '0.0.0.0', WEBHOOK_URL: `http://${host}:${port}/` };
}

async function ready(server: N8nServer, child: ChildProcess): Promise<void> {
	const giveUpAt = Date.now() + READY_WITHIN_MS;
	while (Date.now() < giveUpAt) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error(`n8n ended while it started.\n${await lastLines(server.logFile)}`);
		}
		const answer = await fetch(`${server.url}/healthz/readiness`).catch(() => undefined);
		if (answer?.ok) return;
		await pause(200);
	}
	throw new Error(
		`n8n was not ready within ${READY_WITHIN_MS / 1000} s.\n${await lastLines(server.logFile)}`,
	);
}

async function lastLines(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch(() => '');
	return text.trimEnd().split('\n').slice(-LOG_LINES_ON_FAILURE).join('\n');
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill('SIGTERM');
	const patience = new AbortController();
	await Promise.race([
		ended,
		pause(STOPPED_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
	]);
	patience.abort();
	if (child.exitCode !== null || child.signalCode !== null) return;
	killGroup(child);
	await ended;
}

/** With n8n its task runner goes as well. */
function killGroup(child: ChildProcess): void {
	if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
	else child.kill('SIGKILL');
}
