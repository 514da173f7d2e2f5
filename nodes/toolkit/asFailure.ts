import type { FailureCause, HttpFailure } from '../api/httpTransport';
import { isRecord } from '../api/json';
import { abortCause } from './abortCause';

const causes: ReadonlyArray<[RegExp, FailureCause]> = [
	[/EMSGSIZE/, 'oversized'],
	[/ERR_CANCELED|CanceledError|aborted by user/i, 'canceled'],
	[/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/i, 'refused'],
	[/ENOTFOUND|EAI_AGAIN/i, 'nameNotFound'],
	[/CERT|certificate|SELF_SIGNED|UNABLE_TO_|SSL|EPROTO|ERR_TLS|altname/i, 'tls'],
	[/SSRF|blocked/i, 'blocked'],
	[/ETIMEDOUT|ECONNABORTED|ERR_SOCKET_CONNECTION_TIMEOUT|timeout/i, 'timeout'],
	[
		/ECONNRESET|EPIPE|socket hang up|aborted|ERR_BAD_RESPONSE|ERR_STREAM|\bZ_\w+_ERROR/i,
		'interrupted',
	],
];

/** n8n wraps the error of axios, sometimes more than once; the code is somewhere in the chain. */
function textsOf(thrown: unknown, depth = 0): string[] {
	if (!isRecord(thrown) || depth > 4) return [];
	const { code, message, cause, messages, description } = thrown;
	return [code, message, description, messages]
		.flat()
		.filter((text): text is string => typeof text === 'string')
		.concat(textsOf(cause, depth + 1));
}

/** Finds the cause in what n8n's helper threw, which is the signal if that ended the request. */
export function asFailure(thrown: unknown, signal?: AbortSignal): HttpFailure {
	const ended = abortCause(signal);
	if (ended) return { failure: ended, detail: '' };
	const texts = textsOf(thrown);
	const all = texts.join(' ');
	const cause = causes.find(([pattern]) => pattern.test(all))?.[1] ?? 'other';
	const detail = texts.find((text) => /E[A-Z]{4,}|certificate/.test(text)) ?? texts[0] ?? '';
	return { failure: cause, detail: detail.slice(0, 2000) };
}
