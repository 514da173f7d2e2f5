import { type Host, startHost } from '../../../scripts/n8n/host.mts';
import { freePort } from '../../../scripts/n8n/ports.mts';
import type { N8nServer } from '../../../scripts/n8n/server.mts';
import { startRedis } from './redis.mts';

export interface Cluster extends Host {
	workers: N8nServer[];
	/** Ends a worker as a power cut does and, after something else was done, starts another. */
	killWorker(index: number, meanwhile: () => Promise<unknown>): Promise<void>;
}

/** n8n in queue mode: a main that polls, two workers that execute, a process that takes calls. */
export async function startCluster(): Promise<Cluster> {
	const redis = await startRedis();
	const callsPort = await freePort();
	let host: Host | undefined;
	const stop = async () => {
		await host?.stop();
		await redis.stop();
	};
	try {
		const main = (host = await startHost({
			name: 'scale',
			fresh: true,
			settings: queueSettings(redis.port, callsPort),
		}));
		const worker = async (name: string) => await main.join({ command: 'worker', name });
		await main.join({ command: 'webhook', name: 'webhook', port: callsPort });
		const workers = await Promise.all([worker('worker-1'), worker('worker-2')]);
		return {
			...main,
			workers,
			killWorker: async (index, meanwhile) => {
				await workers[index]?.kill();
				await meanwhile();
				workers[index] = await worker(`worker-${index + 1}-again`);
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

const queueSettings = (redisPort: number, callsPort: number) => ({
	EXECUTIONS_MODE: 'queue',
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	QUEUE_BULL_REDIS_PORT: String(redisPort),
	WEBHOOK_URL: `http://127.0.0.1:${callsPort}/`,
});
