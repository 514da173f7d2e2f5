import { PaperlessError } from '../../../api/errors';

/** The error for a workflow that the server has stored otherwise at these places. */
export const notStored = ({ name }: { name: string }, places: readonly string[], rest: string) =>
	new PaperlessError('unexpectedReply', `The workflow “${name}” is not as it was given`, {
		description: `Paperless-ngx reported success and stored something else for: ${places.join(', ')}. An older server does not know all fields. ${rest}`,
	});
