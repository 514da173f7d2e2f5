import { spawn } from 'node:child_process';

const SAY_EVERY_MS = 10_000;
const LINES_ON_FAILURE = 60;

/** Children of this process, so that a signal ends all of them. */
const children = new Set();

export class StepFailed extends Error {}

export function say(line) {
	process.stdout.write(`${line}\n`);
}

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * Runs one long step: says that it begins, that it goes on (and how far, where `howFar` knows),
 * and how long it took.
 */
export async function step(title, work, howFar = () => '') {
	const since = Date.now();
	say(`… ${title}`);
	const timer = setInterval(() => say(`  … ${title}: ${seconds(since)}${howFar()}`), SAY_EVERY_MS);
	try {
		const result = await work();
		say(`✓ ${title} (${seconds(since)})`);
		return result;
	} catch (error) {
		say(`✗ ${title} (${seconds(since)})`);
		throw error;
	} finally {
		clearInterval(timer);
	}
}

/** Runs a command, keeps what it prints, and shows that only when the command fails. */
export async function run(command, args, options = {}) {
	const output = [];
	const { code, signal } = await start(
		command,
		args,
		{ ...options, stdio: ['ignore', 'pipe', 'pipe'] },
		(child) => {
			child.stdout.on('data', (chunk) => output.push(chunk));
			child.stderr.on('data', (chunk) => output.push(chunk));
		},
	);
	const text = Buffer.concat(output).toString('utf8').trimEnd();
	if (code !== 0) {
		const tail = text.split('\n').slice(-LINES_ON_FAILURE).join('\n');
		throw new StepFailed(
			`${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}\n${tail}`,
		);
	}
	return text;
}

/** Runs a command that talks to the terminal itself, and answers its exit code. */
export async function runVisibly(command, args, options = {}) {
	const { code, signal } = await start(command, args, { stdio: 'inherit', ...options });
	return signal ? 1 : code;
}

function start(command, args, options, attach = () => {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, options);
		children.add(child);
		attach(child);
		child.once('error', reject);
		child.once('close', (code, signal) => {
			children.delete(child);
			resolve({ code, signal });
		});
	});
}

/**
 * A terminal sends Ctrl-C to every process of the command; other senders only to this one. Either
 * way the children go first and this process leaves when the last of them has cleaned up.
 */
export function endChildrenOnSignals() {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, async () => {
			const waiting = [...children].map(
				(child) => new Promise((resolve) => child.once('close', resolve)),
			);
			for (const child of children) child.kill('SIGTERM');
			await Promise.all(waiting);
			process.exit(signal === 'SIGINT' ? 130 : 143);
		});
	}
}

/** Runs a command's main function; a failed step ends it with its message and exit code 1. */
export async function command(main, whenFailed = () => {}) {
	endChildrenOnSignals();
	try {
		process.exitCode = await main();
	} catch (error) {
		whenFailed();
		say(error instanceof StepFailed ? `\n${error.message}` : `\n${error.stack}`);
		process.exitCode = 1;
	}
}
