import type { Host } from '../../../scripts/n8n/host.mts';
import { type Paperless, startPaperless } from '../../../scripts/n8n/paperless.mts';
import { share } from './shared.mts';

/** A Paperless-ngx, and the n8n that tests find by themselves, until `stopShared`. */
export async function startShared<T extends Host>(startN8n: () => Promise<T>): Promise<T> {
	const paperless = await startPaperless();
	try {
		const host = await startN8n();
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
		return host;
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
