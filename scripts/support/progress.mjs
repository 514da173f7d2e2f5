import { spawn } from 'node:child_process';

const SAY_EVERY_MS = 10_000;
const LINES_ON_FAILURE = 60;

const INTERRUPTED_CODE = 130;

/** Children of this process, so that a signal ends all of them. */
const children = new Set();
let interrupted = false;

class Interrupted extends Error {}

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
	const { code } = await start(command, args, { stdio: 'inherit', ...options });
	return code ?? 1;
}

async function start(command, args, options, attach = () => {}) {
	if (interrupted) throw new Interrupted();
	const child = spawn(command, args, options);
	children.add(child);
	attach(child);
	const ending = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve({ code, signal }));
	}).finally(() => children.delete(child));
	if (interrupted && ending.code !== 0) throw new Interrupted();
	return ending;
}

/**
 * A terminal sends Ctrl-C to every process of the command; other senders only to this one. npm
 * passes nothing on when it is ended itself, which shows in the parent's id alone. In all cases the
 * children go first, and this process leaves when the last of them has cleaned up.
 */
function endChildrenWhenAsked() {
	const interrupt = () => {
		interrupted = true;
		for (const child of children) child.kill('SIGTERM');
		if (children.size === 0) process.exit(INTERRUPTED_CODE);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) interrupt();
	}, 500).unref();
}

/** Runs a command's main function; a failed step ends it with its message and exit code 1. */
export async function command(main, whenFailed = () => {}) {
	endChildrenWhenAsked();
	try {
		process.exitCode = await main();
	} catch (error) {
		whenFailed();
		process.exitCode = error instanceof Interrupted ? INTERRUPTED_CODE : 1;
		if (error instanceof StepFailed) say(`\n${error.message}`);
		else if (!(error instanceof Interrupted)) say(`\n${error.stack}`);
	}
}
