import { PaperlessError } from '../../../api/errors';
import type { Parameter } from '../../../toolkit/parameter';

export const pagesParameter = {
	displayName: 'Pages',
	name: 'pages',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1, 2-3, 4',
	description: 'Pages and ranges separated by commas; the first page is 1',
} as const satisfies Parameter;

/** Page numbers from 1 on, both ends included. */
export type PageRange = { from: number; to: number };

const invalidPages = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter: 'pages' });

function rangeFrom(text: string, pageCount: number | undefined): PageRange {
	const [, first, last] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(text) ?? [];
	const from = Number(first);
	const to = Number(last ?? first);
	if (first === undefined || from < 1 || to < from) {
		throw invalidPages(
			`“${text}” is not a page range`,
			'Write pages as 1, 2-3, 4. The first page is 1.',
		);
	}
	if (pageCount !== undefined && to > pageCount) {
		throw invalidPages(`There is no page ${to}`, `The document has ${pageCount} pages.`);
	}
	return { from, to };
}

/**
 * Ranges from a text such as `1, 2-3, 4`, at least one and without overlaps. `pageCount` is
 * undefined when the server does not report it. Throws PaperlessError `invalid`, because the server
 * accepts pages out of range, page 0 and overlaps with 200 OK (docs/paperless-api.md#page-numbers).
 */
export function rangesFrom(text: string, pageCount: number | undefined): PageRange[] {
	const ranges = text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean)
		.map((part) => rangeFrom(part, pageCount));
	if (ranges.length === 0) throw invalidPages('“Pages” is empty', 'Write pages as 1, 2-3, 4.');
	const seen = new Set<number>();
	for (const page of ranges.flatMap(pagesOf)) {
		if (seen.has(page)) throw invalidPages(`Page ${page} is listed twice`, 'List each page once.');
		seen.add(page);
	}
	return ranges;
}

export const pagesOf = ({ from, to }: PageRange): number[] =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** As the server reads it: `4` or `2-3`. */
export const rangeText = ({ from, to }: PageRange): string =>
	from === to ? String(from) : `${from}-${to}`;

/** Refuses ranges that leave out pages of a document that goes to the trash. */
export function requireEveryPage(
	ranges: readonly PageRange[],
	pageCount: number | undefined,
): void {
	const listed = new Set(ranges.flatMap(pagesOf));
	const left = pagesOf({ from: 1, to: pageCount ?? 0 }).filter((page) => !listed.has(page));
	if (left.length === 0) return;
	throw invalidPages(
		left.length === 1 ? `Page ${left[0]} is in no part` : `Pages ${left.join(', ')} are in no part`,
		'The original would go to the trash with them. List every page, or switch off “Delete Original”.',
	);
}
