import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { discardPackage, installPackage, packPackage } from './package.mts';
import { userFolder } from './paths.mts';
import { N8nClient } from './rest.mts';
import { type N8nOptions, type N8nServer, startN8n } from './server.mts';

export interface HostOptions {
	/** Names the folder that keeps n8n's data from one start to the next. */
	name: string;
	/** Begins with an n8n that knows nothing. */
	fresh?: boolean;
	port?: number;
	settings?: Record<string, string>;
}

export interface Host {
	client: N8nClient;
	server: N8nServer;
	userFolder: string;
	/** Paths inside the tarball that was installed. */
	files: string[];
	stop(): Promise<void>;
	/** Ends n8n as a power cut does and, after something else was done, starts it where it was. */
	crash(meanwhile: () => Promise<unknown>): Promise<void>;
	/** Starts a worker or a webhook process beside it, which ends with it. */
	join(part: Pick<N8nOptions, 'command' | 'name' | 'port'>): Promise<N8nServer>;
}

/** A real n8n with the packed package installed and its owner logged in. */
export async function startHost(options: HostOptions): Promise<Host> {
	const folder = await claimFolder(options);
	const packed = await packPackage();
	try {
		await installPackage(packed, folder);
	} finally {
		await discardPackage(packed);
	}
	const { port, settings = {} } = options;
	const start = async (part: Partial<N8nOptions>) =>
		await startN8n({ userFolder: folder, settings, ...part });
	const server = await start(port === undefined ? {} : { port });
	let running = server;
	const joined: N8nServer[] = [];
	const join: Host['join'] = async (part) => {
		const other = await start(part);
		joined.push(other);
		return other;
	};
	const stop = async () => {
		await Promise.all(joined.map(async (other) => await other.stop()));
		await running.stop();
		await rm(claimFile(folder), { force: true });
	};
	const crash = async (meanwhile: () => Promise<unknown>) => {
		await running.kill();
		await meanwhile();
		running = await start({ port: server.port });
	};
	try {
		const client = new N8nClient(server.url);
		await client.logIn();
		return { client, server, userFolder: folder, files: packed.files, stop, crash, join };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Two n8n must not share a database, so the second gets a folder of its own. */
async function claimFolder({ name, fresh = false }: HostOptions): Promise<string> {
	for (let number = 1; ; number++) {
		const folder = userFolder(number === 1 ? name : `${name}-${number}`);
		await mkdir(path.dirname(folder), { recursive: true });
		if (!(await claim(folder))) continue;
		if (fresh) await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		return folder;
	}
}

/** Beside the folder, so that it is there before the folder and after it. */
const claimFile = (folder: string) => `${folder}.in-use-by`;

/** Of two processes that want a folder at the same time, only one can make the file. */
async function claim(folder: string): Promise<boolean> {
	if (!(await inUse(folder))) await rm(claimFile(folder), { force: true });
	try {
		await writeFile(claimFile(folder), String(process.pid), { flag: 'wx' });
		return true;
	} catch {
		return false;
	}
}

async function inUse(folder: string): Promise<boolean> {
	const pid = await readFile(claimFile(folder), 'utf8').catch(() => undefined);
	if (pid === undefined || pid === String(process.pid)) return false;
	// Another process is about to write it.
	if (pid === '') return true;
	try {
		return process.kill(Number(pid), 0);
	} catch {
		return false;
	}
}
