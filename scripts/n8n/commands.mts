import { spawn } from 'node:child_process';

/** Runs a command to its end and answers what it printed; its complaints come with the error. */
export async function run(command: string, args: string[], cwd: string): Promise<string> {
	// On Windows npm is a command file, which only a shell can start.
	const shell = process.platform === 'win32';
	const child = spawn(command, shell ? args.map((arg) => `"${arg}"`) : args, {
		cwd,
		shell,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output: Buffer[] = [];
	const complaints: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	const text = Buffer.concat(output).toString('utf8');
	if (code !== 0) {
		const said = Buffer.concat(complaints).toString('utf8') || text;
		throw new Error(`${command} ${args.join(' ')} ended with code ${code}\n${said}`);
	}
	return text;
}
