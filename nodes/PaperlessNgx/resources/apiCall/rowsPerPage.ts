import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/httpTransport';

const refuse = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter: 'queryParameters' });

/** The rows per page that a query asks for, where all pages are read; `undefined` where it names none. */
export function rowsPerPage({ page, page_size: size }: Query): number | undefined {
	if (page !== undefined) {
		throw refuse(
			'“Return All” contradicts “page” in the query',
			'Remove “page”, or switch off “Return All”.',
		);
	}
	if (size === undefined) return undefined;
	if (/^\d+$/.test(size) && Number(size) > 0) return Number(size);
	throw refuse(
		'The query parameter “page_size” is no number of rows',
		'With “Return All” it must be a whole number from 1 on, because the pages are counted by it. Change it, or remove it.',
	);
}
