import { once } from 'node:events';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { clock } from '../../nodes/toolkit/clock.ts';
import type { Response } from './stub.mts';

const { deadline } = clock;
let waiting: Array<{ controller: AbortController; milliseconds: number }> = [];

/** The deadlines of the package, which pass only when a test lets time pass. */
export const alarms = {
	take: (): void => {
		waiting = [];
		clock.deadline = (milliseconds) => {
			const controller = new AbortController();
			waiting.push({ controller, milliseconds });
			return controller.signal;
		};
	},
	giveBack: (): void => {
		clock.deadline = deadline;
	},
};

/** Lets every deadline of at least `from` milliseconds pass, until the client hangs up. */
export function passTime(response: Response, meanwhile = () => {}, from = 0): void {
	const ticks = setInterval(() => {
		meanwhile();
		const due = waiting.filter(({ milliseconds }) => milliseconds >= from);
		waiting = waiting.filter(({ milliseconds }) => milliseconds < from);
		due.forEach(({ controller }) => controller.abort(new DOMException('', 'TimeoutError')));
	}, 5);
	response.once('close', () => clearInterval(ticks));
}

/** Writes the beginning of a list. */
export const half = (response: Response, then: () => void): void => {
	response.write('{"count": 1, "results": [', then);
};

export async function closed(response: Response): Promise<void> {
	if (!response.closed) await once(response, 'close');
}

export const gzipped = (bytes: Uint8Array): Buffer => gzipSync(bytes);

export const streamOf = (text: string): Readable => Readable.from([text]);
