import { Sandbox } from '../test/support/sandbox.mts';
import type { Case } from './cases.mts';
import type { LargeFileServer } from './largeFileServer.mts';
import type { Proxy } from './proxy.mts';
import { Worker } from './worker.mts';

/** A server behind a counting proxy. */
export type Server = {
	url: string;
	token: string;
	proxy: Worker<Proxy>;
	requests: () => Promise<number>;
	forget: () => Promise<void>;
};

export type Servers = Record<Case['server'], Server> & {
	archive: Sandbox;
	stop: () => Promise<void>;
};

export async function startServers(): Promise<Servers> {
	const archive = await Sandbox.start('3.0.5', 'empty');
	await archive.settings({ consumptionSeconds: 0.05 });
	const files = new Worker<LargeFileServer>('largeFileServer.mts');
	const [toArchive, toFiles] = [new Worker<Proxy>('proxy.mts'), new Worker<Proxy>('proxy.mts')];
	return {
		archive,
		sandbox: {
			url: await toArchive.call('start', archive.url),
			token: archive.tokens.admin,
			proxy: toArchive,
			requests: async () => (await archive.requests()).length,
			forget: () => archive.forgetRequests(),
		},
		largeFiles: {
			url: await toFiles.call('start', await files.call('start')),
			token: 'any',
			proxy: toFiles,
			requests: () => files.call('requests'),
			forget: () => files.call('forget'),
		},
		stop: async () => {
			await Promise.all([archive.close(), files.stop(), toArchive.stop(), toFiles.stop()]);
		},
	};
}
