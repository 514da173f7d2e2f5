import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 2;
const patienceMs = 280_000;

/** Resolves as soon as a log says something. It looks often, because a kill is to hit that moment. */
export async function saidIn(file: string, words: RegExp): Promise<void> {
	const giveUpAt = Date.now() + patienceMs;
	const log = await open(file);
	try {
		for (let text = ''; !words.test(text); ) {
			const { buffer, bytesRead } = await log.read();
			text += buffer.toString('utf8', 0, bytesRead);
			if (bytesRead > 0) continue;
			if (Date.now() > giveUpAt) throw new Error(`Waited in vain for n8n to say ${words.source}`);
			await pause(everyMs);
		}
	} finally {
		await log.close();
	}
}
