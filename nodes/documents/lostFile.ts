import type { Rendition } from '../api/documentFiles';
import { PaperlessError } from '../api/errors';

const files: Readonly<Record<Rendition, string>> = {
	archived: 'file',
	original: 'original file',
	preview: 'file',
	thumbnail: 'thumbnail',
};

/** The error for a file that is gone from the disk of the server, which still lists what it is of. */
export const lostFile = (
	rendition: Rendition,
	/** For example `document 5`. */
	owner: string,
	parameter = 'document',
): PaperlessError =>
	new PaperlessError('notFound', `The ${files[rendition]} of ${owner} is missing on the server`, {
		description:
			'Paperless-ngx lists it, but its file is gone from the disk of the server. Restore the file from a backup. A sanity check (“Task: Run”) finds all files that are missing.',
		status: 404,
		parameter,
	});
