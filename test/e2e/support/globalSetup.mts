import { startHost } from '../../../sandbox/n8n/host.mts';
import { type Paperless, startPaperless } from '../../../sandbox/n8n/paperless.mts';
import { share } from './shared.mts';

/** One n8n and one Paperless-ngx for all tests, as starting them takes longer than any test. */
export default async function start(): Promise<void> {
	const paperless = await startPaperless();
	try {
		const host = await startHost({ name: 'e2e', fresh: true });
		share(
			{
				n8n: { url: host.server.url, logFile: host.server.logFile },
				paperless: {
					url: paperless.url,
					token: paperless.token,
					version: await versionOf(paperless),
				},
				packedFiles: host.files,
			},
			async () => {
				await host.stop();
				await paperless.stop();
			},
		);
	} catch (error) {
		await paperless.stop();
		throw error;
	}
}

async function versionOf({ url, token }: Paperless): Promise<string> {
	const { headers } = await fetch(`${url}/api/statistics/`, {
		headers: { authorization: `Token ${token}` },
	});
	return headers.get('x-version') ?? 'unknown';
}
