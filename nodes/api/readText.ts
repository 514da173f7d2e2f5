import type { ByteStream } from './httpTransport';

const longest = 100_000;

/** The text of a stream. Reading stops after 100,000 characters, enough for a message or an answer. */
export async function readText(stream: ByteStream): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of stream) {
		text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
		if (text.length > longest) break;
	}
	return text;
}
