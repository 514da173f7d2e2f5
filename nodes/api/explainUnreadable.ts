import type { ErrorKind } from './errors';
import { PaperlessError } from './errors';
import { fillIn } from './fillIn';
import { isWebPage } from './isWebPage';
import type { HttpReply } from './httpTransport';

type UnreadableRow = {
	kind: ErrorKind;
	/** What happened. */
	message: string;
	/** How to go on. `{place}` is the route and the field that the client does not understand. */
	description: string;
};

export const checkBaseUrl =
	'Check the Base URL of the credential. It must be the address at which you open Paperless-ngx in the browser, including a sub-path.';

/** What the user reads when a reply with a good status cannot be used. */
export const unreadableRows = {
	webPage: {
		kind: 'notPaperless',
		message: 'The server answers with a web page instead of data',
		description: `${checkBaseUrl} The page may also be the login of a proxy in front of the server.`,
	},
	notJson: {
		kind: 'unexpectedReply',
		message: 'The answer of Paperless-ngx is not readable',
		description: 'The JSON is incomplete; it may have been truncated in transit. Try again.',
	},
	unknownShape: {
		kind: 'unexpectedReply',
		message: 'Paperless-ngx answered in an unknown format',
		description:
			'At {place}. The server may be newer than this node. Update the node, or report this.',
	},
	noVersion: {
		kind: 'notPaperless',
		message: 'The server does not report its version',
		description:
			'A proxy in front of it seems to remove the headers X-Version and X-Api-Version. Configure the proxy to pass them.',
	},
} as const satisfies Record<string, UnreadableRow>;

/** Returns the error for a reply with a good status that cannot be used. */
export function explainUnreadable(
	cause: 'notJson' | 'unknownShape' | 'noVersion',
	{ status, body }: HttpReply<string>,
	place = '',
): PaperlessError {
	const row = unreadableRows[cause === 'notJson' && isWebPage(body) ? 'webPage' : cause];
	return new PaperlessError(row.kind, row.message, {
		description: fillIn(row.description, { place }),
		status,
	});
}
