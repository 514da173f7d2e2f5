import { startHost } from '../../../scripts/n8n/host.mts';
import { startShared } from './start.mts';

/** One n8n and one Paperless-ngx for all tests, as starting them takes longer than any test. */
export default async function start(): Promise<void> {
	const settings = { N8N_LOG_LEVEL: 'debug' };
	await startShared(async () => await startHost({ name: 'e2e', fresh: true, settings }));
}
