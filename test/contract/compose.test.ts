import { format } from 'prettier';

import manifest from '../../package.json';
import n8n from '../../scripts/n8n/package.json';
import { sourceOf } from '../support/sources.mts';
import { profiles } from '../support/sandbox.mts';

const file = 'compose.yaml';
const compose = sourceOf(file);

/** As Paperless-ngx 3.0.5 and n8n 2.41.1 read them; another name would be ignored without a word. */
const settings = [
	'GENERIC_TIMEZONE',
	'N8N_DEFAULT_BINARY_DATA_MODE',
	'N8N_UNVERIFIED_PACKAGES_ENABLED',
	'PAPERLESS_ADMIN_PASSWORD',
	'PAPERLESS_ADMIN_USER',
	'PAPERLESS_DBENGINE',
	'PAPERLESS_DBHOST',
	'PAPERLESS_DBNAME',
	'PAPERLESS_DBPASS',
	'PAPERLESS_DBUSER',
	'PAPERLESS_REDIS',
	'PAPERLESS_SECRET_KEY',
	'PAPERLESS_TIME_ZONE',
	'PAPERLESS_URL',
	'POSTGRES_DB',
	'POSTGRES_PASSWORD',
	'POSTGRES_USER',
	'TZ',
];

const all = (pattern: RegExp) => [...compose.matchAll(pattern)].map(([, found]) => found ?? '');

describe('The servers for Docker', () => {
	it('are described in YAML', async () => {
		await expect(format(compose, { parser: 'yaml', singleQuote: true })).resolves.toBe(compose);
	});

	it('are those that the tests run with', () => {
		expect(all(/image: (\S+n8n\S*|\S+paperless-ngx:\S+)/g)).toEqual([
			`ghcr.io/paperless-ngx/paperless-ngx:${profiles.at(-1)}`,
			`docker.n8n.io/n8nio/n8n:\${N8N_VERSION:-${n8n.dependencies.n8n}}`,
		]);
	});

	it('are set by names that they know', () => {
		expect(all(/^ {6}([A-Z][A-Z0-9_]+): /gm).sort()).toEqual(settings);
	});

	it('are reached from this machine only', () => {
		expect(all(/- (\S+:\d+:\d+)$/gm)).toEqual(['127.0.0.1:8000:8000', '127.0.0.1:5678:5678']);
	});

	it('get the package as it is built, where n8n looks for it', () => {
		const place = `/home/node/.n8n/nodes/node_modules/${manifest.name}`;

		expect(all(/- \.\/(\S+):ro/g)).toEqual([
			`package.json:${place}/package.json`,
			`dist:${place}/dist`,
		]);
	});
});
