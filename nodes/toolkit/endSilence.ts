import type { ByteStream } from '../api/httpTransport';
import { clock } from './clock';

type Patience = {
	/** Milliseconds without a byte. */
	silence: number;
	/** Milliseconds for the whole body. */
	total: number;
};

/**
 * Calls `end` for a body that stops coming or takes too long, because n8n's helper waits for the
 * headers only (docs/n8n.md#silent-bodies). What the reader has not taken yet is no silence.
 */
export function endSilence(
	body: ByteStream,
	{ silence, total }: Patience,
	end: (reason: Error) => void,
): void {
	let isSilent = true;
	let unwatch = () => {};
	body.once('close', () => unwatch());
	// Unlike `on`, this does not start the stream.
	body.prependListener('data', () => {
		isSilent = false;
	});
	const watch = (left: number) => {
		const alarm = clock.deadline(Math.min(silence, left));
		const look = () => {
			if (left <= silence) end(new DOMException('The reply took too long', 'TimeoutError'));
			else if (isSilent && !hasUnread(body))
				end(new DOMException('Nothing more came', 'NetworkError'));
			else watch(left - silence);
			isSilent = true;
		};
		alarm.addEventListener('abort', look, { once: true });
		unwatch = () => alarm.removeEventListener('abort', look);
	};
	watch(total);
}

const hasUnread = (body: ByteStream & { readonly readableLength?: number }) =>
	(body.readableLength ?? 0) > 0;
