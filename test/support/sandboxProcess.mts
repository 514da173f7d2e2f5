import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Profile = '2.15.3' | '2.20.15' | '3.0.5';

/** Servers newer than any known one; 4.0.0 has dropped the API versions of this package. */
export type NewerProfile = '3.9.0' | '4.0.0';

export type SandboxProcess = {
	url: string;
	tokens: Record<'admin' | 'reader' | 'clerk', string>;
	stop: () => Promise<void>;
};

/** A sandbox Paperless-ngx in a separate process, which ends with this one. */
export async function startSandboxProcess(
	profile: Profile | NewerProfile,
): Promise<SandboxProcess> {
	const args = ['sandbox/main.mts', '--profile', profile, '--state', 'base', '--exit-with-parent'];
	const child = spawn(process.execPath, args, {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: { ...process.env, NODE_OPTIONS: '' },
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const lines = createInterface(child.stdout);
	const line = await new Promise<string>((resolve, reject) => {
		lines.once('line', resolve);
		child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}`)));
	});
	// Nothing here keeps this process alive, so that a sandbox may serve until it ends.
	lines.close();
	child.stdout.destroy();
	child.unref();
	if (child.stdin && 'unref' in child.stdin) (child.stdin as unknown as { unref(): void }).unref();
	return {
		...(JSON.parse(line) as Pick<SandboxProcess, 'url' | 'tokens'>),
		stop: async () => {
			child.kill('SIGTERM');
			child.ref();
			await ended;
		},
	};
}
