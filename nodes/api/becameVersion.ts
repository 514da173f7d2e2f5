import { PaperlessError } from './errors';

/** The id of the document that a path is about: 27 for `api/documents/27/notes/`. */
export function documentOf(path: string): number | undefined {
	const id = /^api\/documents\/(\d+)\//.exec(path)?.[1];
	return id === undefined ? undefined : Number(id);
}

/**
 * The error for the id of a version. Such an id may once have been that of a document
 * (docs/paperless-api.md#ids-of-versions).
 */
export const becameVersion = (id: number, root: number, parameter?: string): PaperlessError =>
	new PaperlessError('notFound', `There is no document ${id}: ${id} is now a version of ${root}`, {
		description: `Use the ID ${root}. Versions are changed with the resource “Document Version”. From Paperless-ngx 3.1 on, users can also merge documents as versions into another document.`,
		status: 404,
		parameter,
	});
