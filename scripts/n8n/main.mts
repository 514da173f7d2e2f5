import { parseArgs } from 'node:util';

import { say, step } from '../support/progress.mjs';
import { credentialType, importExamples, mainExample, readExample } from './examples.mts';
import { type Host, startHost } from './host.mts';
import { type Paperless, startPaperless } from './paperless.mts';
import { freePort } from './ports.mts';
import { failureOf, outcomes } from './report.mts';
import { type Credential, owner } from './rest.mts';

const N8N_PORT = 5678;
const PAPERLESS_PORT = 8000;

const { values: options } = parseArgs({
	options: {
		once: { type: 'boolean', default: false },
		profile: { type: 'string' },
		'exit-with-parent': { type: 'boolean', default: false },
	},
});

let host: Host | undefined;
let paperless: Paperless | undefined;
let ending: Promise<never> | undefined;

/** Ends all that was started, whoever asks first. */
async function end(code: number): Promise<never> {
	ending ??= (async () => {
		await host?.stop();
		await paperless?.stop();
		process.exit(code);
	})();
	return await ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (!ending && !options.once) say('\nStopping …');
		void end(options.once ? 1 : 0);
	});
}
if (options['exit-with-parent']) {
	process.stdin
		.once('end', () => void end(1))
		.once('error', () => void end(1))
		.resume();
}

try {
	await end(options.once ? await runOnce() : await serve());
} catch (error) {
	say(`\n${error instanceof Error ? error.message : String(error)}`);
	await end(1);
}

async function serve(): Promise<number> {
	const port = await portNear(N8N_PORT, 'n8n');
	const server = await connect(await portNear(PAPERLESS_PORT, 'the sandbox Paperless-ngx'));
	const n8n = (host = await step(
		'Start n8n with the packed package',
		async () => await startHost({ name: 'start', port }),
	));
	const credential = await ensureCredential(n8n, server);
	const test = await n8n.client.testCredential(credential);
	const workflows = await importExamples(n8n.client, n8n.userFolder, credential);

	say('');
	say(`n8n            ${n8n.server.url}   e-mail ${owner.email}   password ${owner.password}`);
	say(
		`Paperless-ngx  ${server.url}${server.sandbox ? `   (sandbox)   token ${server.token}` : ''}   ${test.message}`,
	);
	for (const { id, name } of workflows) {
		say(`Workflow       ${n8n.server.url}/workflow/${id}   ${name}`);
	}
	say(`n8n’s data     ${n8n.userFolder}`);
	say('\nCtrl-C ends it.');
	await n8n.server.ended;
	if (ending) return await ending;
	say(`\nn8n has ended by itself; its log is ${n8n.server.logFile}`);
	return 1;
}

async function runOnce(): Promise<number> {
	const server = await connect(0);
	const n8n = (host = await step(
		'Start n8n with the packed package',
		async () => await startHost({ name: 'once', fresh: true }),
	));
	const credential = await ensureCredential(n8n, server);
	const workflow = await n8n.client.createWorkflow(await readExample(mainExample, credential));
	const { lines, failure } = await step(`Wait for the end of “${workflow.name}”`, async () => {
		const execution = await n8n.client.runWorkflow(workflow);
		return { lines: outcomes(workflow, execution), failure: failureOf(workflow, execution) };
	});
	say(`\n${lines.join('\n')}\n`);
	say(failure ?? 'The example workflow ran to its end.');
	return failure ? 1 : 0;
}

async function connect(port: number): Promise<Paperless> {
	const { PAPERLESS_URL, PAPERLESS_TOKEN } = process.env;
	const own = PAPERLESS_URL && PAPERLESS_TOKEN;
	paperless = await step(
		own ? `Use the server ${PAPERLESS_URL}` : 'Start the sandbox Paperless-ngx',
		async () =>
			await startPaperless({ port, ...(options.profile ? { profile: options.profile } : {}) }),
	);
	return paperless;
}

async function ensureCredential({ client }: Host, { url, token }: Paperless): Promise<Credential> {
	const credential = {
		name: 'Paperless-ngx',
		type: credentialType,
		data: { baseUrl: url, apiToken: token },
	};
	const existing = (await client.credentials()).find(
		({ name, type }) => name === credential.name && type === credential.type,
	);
	if (!existing) return await client.createCredential(credential);
	await client.updateCredential({ ...credential, id: existing.id });
	return { ...credential, id: existing.id };
}

async function portNear(wanted: number, whose: string): Promise<number> {
	const port = await freePort(wanted);
	if (port !== wanted) say(`Port ${wanted} is taken, so ${whose} gets ${port}.`);
	return port;
}
