import type { ByteStream } from './httpTransport';

/**
 * The text of a stream. Reading ends after the given number of bytes, and `isWhole` says whether
 * anything was left; the stream is then closed.
 */
export async function readText(
	stream: ByteStream,
	maxBytes: number,
): Promise<{ text: string; isWhole: boolean }> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		chunks.push(bytes.subarray(0, maxBytes - size));
		size += bytes.length;
		if (size > maxBytes) break;
	}
	return { text: new TextDecoder().decode(Buffer.concat(chunks)), isWhole: size <= maxBytes };
}
