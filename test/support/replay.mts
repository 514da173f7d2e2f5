import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Replays the recordings of one server against the sandbox and gives what it says about it. */
export async function replay(profile: string): Promise<{ code: number | null; said: string }> {
	const child = spawn(process.execPath, ['test/contract/replay/replay.mts', '--profile', profile], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_OPTIONS: '' },
	});
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const said = await text(child.stdout);
	return { code: await ended, said };
}
