import path from 'node:path';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';

let ready: Promise<void> | undefined;

/** Files are kept on disk. Newer versions of n8n read that from the environment, older are told. */
export async function binaryDataReady(): Promise<void> {
	const folder = path.join(process.env['N8N_USER_FOLDER'] ?? '', '.n8n', 'binaryData');
	const service: { init(settings: object): Promise<void> } = Container.get(BinaryDataService);
	ready ??= service.init({
		mode: 'filesystem',
		availableModes: ['filesystem'],
		localStoragePath: folder,
	});
	await ready;
}
