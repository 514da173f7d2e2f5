import type { ErrorKind } from './errors';
import { PaperlessError } from './errors';
import type { ApiRequest, FailureCause, HttpFailure } from './httpTransport';

type FailureRow = {
	kind: ErrorKind;
	/** What happened. */
	message: string;
	/** How to go on. */
	description: string;
	/** The request may have reached the server. A write is then described by `unknownOutcome`. */
	mayHaveHappened?: true;
};

export const unknownOutcome =
	'The request may have reached Paperless-ngx and was therefore not repeated. Check whether it took effect before running it again.';

/** What the user reads when a request got no complete reply. */
export const failureRows: Readonly<Record<FailureCause, FailureRow>> = {
	refused: {
		kind: 'unreachable',
		message: 'Paperless-ngx does not answer at this address',
		description:
			'The connection was refused. Check that the server is running and that host and port of the Base URL are correct. From inside a container, “localhost” is the container itself.',
	},
	nameNotFound: {
		kind: 'unreachable',
		message: 'The host name of the Base URL was not found',
		description: 'Check its spelling, and that n8n can resolve it (DNS, container network).',
	},
	tls: {
		kind: 'unreachable',
		message: 'The TLS certificate of Paperless-ngx is not trusted',
		description:
			'Enter the certificate of your authority under “CA Certificate” in the credential, or switch on “Ignore SSL Issues”. If the server requires a client certificate, enter “Client Certificate” and “Client Key”.',
	},
	timeout: {
		kind: 'interrupted',
		message: 'Paperless-ngx did not answer in time',
		description: 'The server may be busy or unreachable. Try again later.',
		mayHaveHappened: true,
	},
	interrupted: {
		kind: 'interrupted',
		message: 'The connection to Paperless-ngx was interrupted',
		description: 'The server or a proxy in front of it closed the connection. Try again.',
		mayHaveHappened: true,
	},
	oversized: {
		kind: 'unexpectedReply',
		message: 'The reply of Paperless-ngx is too large',
		description:
			'The node reads up to 256 MB per reply. Request fewer documents or fields, or check what answers at the Base URL.',
		mayHaveHappened: true,
	},
	canceled: { kind: 'canceled', message: 'The execution was canceled', description: '' },
	blocked: {
		kind: 'unreachable',
		message: 'n8n does not allow a connection to this address',
		description:
			'Its protection against server-side request forgery is on. Add the server to N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
	},
	other: {
		kind: 'unreachable',
		message: 'n8n could not connect to Paperless-ngx',
		description: 'Check the Base URL and the network between n8n and the server.',
		mayHaveHappened: true,
	},
};

/** Turns a missing reply into the error that the user reads. */
export function explainFailure(
	{ method }: Pick<ApiRequest, 'method'>,
	{ failure, detail }: HttpFailure,
): PaperlessError {
	const { kind, message, description, mayHaveHappened } = failureRows[failure];
	const advice = method !== 'GET' && mayHaveHappened ? unknownOutcome : description;
	return new PaperlessError(kind, message, {
		description: [advice, detail && `(${detail.slice(0, 200)})`].filter(Boolean).join(' '),
	});
}
