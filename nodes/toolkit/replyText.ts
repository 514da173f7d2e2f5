import type { ByteStream } from '../api/httpTransport';
import { isRecord } from '../api/json';
import { readText } from '../api/readText';
import { endSilence } from './endSilence';

const kilobyte = 1024;

/**
 * Bytes after decompression. The largest replies are pages of 100 documents with their texts and
 * lists of 100,000 ids; an error is a few sentences or a small page of a proxy.
 */
const maxBytes = { success: 256 * kilobyte ** 2, other: 64 * kilobyte } as const;

/** The server has finished its work when the headers come, so that the body comes without pauses. */
const patience = { silence: 30_000, total: 600_000 };

const isStream = (body: unknown): body is ByteStream =>
	isRecord(body) && Symbol.asyncIterator in body;

/**
 * The body of a reply as text. Throws where a body is cut off or a success exceeds its limit; any
 * other reply is shortened. `end` closes the connection, which n8n's helper keeps open while a body
 * does not end. Simulations of n8n may give a text or JSON in place of a stream.
 */
export async function replyText(
	status: number,
	body: unknown,
	end: (reason: Error) => void,
): Promise<string> {
	if (!isStream(body)) {
		return typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
	}
	endSilence(body, patience, end);
	const isSuccess = status >= 200 && status < 300;
	const { text, isWhole } = await readText(body, maxBytes[isSuccess ? 'success' : 'other']);
	if (isWhole) return text();
	const reason = new DOMException('EMSGSIZE: the reply is too large', 'QuotaExceededError');
	end(reason);
	if (isSuccess) throw reason;
	return text();
}
