import { command, say } from './support/progress.mjs';
import { forget, keepFailure, runSuites } from './support/results.mjs';
import { ensureHost, prepare } from './support/setup.mjs';

/**
 * The oldest n8n that the package supports, with what it brings by its own list of dependencies.
 * The newest is the one whose engine package.json names, which `npm test` uses as well.
 */
const oldest = {
	n8n: '2.20.12',
	packages: {
		'n8n-core': '2.20.6',
		'n8n-workflow': '2.20.3',
		luxon: '3.7.2',
		zod: '3.25.67',
	},
};

/**
 * Tests of what n8n itself does for the nodes: its requests and their limits, certificates,
 * credentials, expressions, lists of the panel, files, failed items, polls and webhooks; and every
 * operation once. The other tests are about Paperless-ngx.
 */
const aboutN8n = [
	'ai',
	'badDays',
	'badInput',
	'credential',
	'everyOperation',
	'hostileServer',
	'includedFiles',
	'mainJob',
	'pickers',
	'pollingBadDays',
	'pollingTrigger',
	'userAccounts',
	'webhookBadDays',
	'webhookTrigger',
	'writtenFiles',
].map((name) => `engine/${name}\\.test`);

/** What n8n does for the nodes does not depend on the server: its newest version is enough. */
const onNewestServer = ['--testNamePattern', '^(?!.*Paperless-ngx 2\\.)'];

await command(
	async () => {
		forget('hosts-oldest');
		forget('hosts-newest');
		const tools = await prepare();
		const args = process.argv.slice(2);
		// `npm test` has run the tests on the newest already.
		const onlyOldest = args.includes('oldest');
		const names = args.filter((name) => name !== 'oldest');
		const wanted = names.length > 0 ? names : [...aboutN8n, ...onNewestServer];

		const env = { ...tools.env, HOST_FOLDER: await ensureHost(oldest, tools.env) };
		say(`\nThe engine of n8n ${oldest.n8n}`);
		// Connections of older versions stay open for a while when everything is done.
		const old = await runSuites('hosts-oldest', ['engine'], { ...tools, env }, [
			'--forceExit',
			...wanted,
		]);
		if (onlyOldest) return old ? 0 : 1;

		say('\nThe engine of n8n that package.json names');
		const current = await runSuites('hosts-newest', ['engine'], tools, wanted);
		return old && current ? 0 : 1;
	},
	() => keepFailure('hosts-oldest', 'set-up'),
);
