import { parseArgs } from 'node:util';
import { isProfileName } from './profiles.mts';
import { startSandbox } from './server.mts';
import type { StateName } from './states.mts';

const { values } = parseArgs({
	options: {
		profile: { type: 'string', default: '3.0.5' },
		port: { type: 'string', default: '0' },
		state: { type: 'string', default: 'empty' },
		'exit-with-parent': { type: 'boolean', default: false },
	},
});

const { profile } = values;
if (!isProfileName(profile)) throw new Error(`There is no profile ${profile}`);

const sandbox = await startSandbox({
	profile,
	port: Number(values.port),
	state: values.state as StateName,
});

const stop = () => void sandbox.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (values['exit-with-parent']) process.stdin.once('end', stop).once('error', stop).resume();

const { url, tokens } = sandbox;
console.log(JSON.stringify({ url, profile, tokens }));
