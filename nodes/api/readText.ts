import type { ByteStream } from './httpTransport';

/**
 * Reads a stream up to the given number of bytes, and closes it there. `isWhole` says whether that
 * was all. `text` decodes what was read, which blocks n8n for half a second per 256 MiB: whoever
 * rejects the rest of a body does not ask for it.
 */
export async function readText(
	stream: ByteStream,
	maxBytes: number,
): Promise<{ text: () => string; isWhole: boolean }> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		chunks.push(bytes.subarray(0, maxBytes - size));
		size += bytes.length;
		if (size > maxBytes) break;
	}
	const text = () => new TextDecoder().decode(Buffer.concat(chunks));
	return { text, isWhole: size <= maxBytes };
}
