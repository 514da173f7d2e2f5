import { PaperlessError } from '../../../api/errors';

export type Range = { from: number; to: number };

const refuse = (message: string, description: string): never => {
	throw new PaperlessError('invalid', message, { description, parameter: 'pages' });
};

/** `1, 2-3, 4` as ranges. The server takes pages out of range, page 0 and overlaps with 200 OK (trap 52). */
export function rangesFrom(text: string, pageCount: number | undefined): Range[] {
	const ranges = text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean)
		.map((part): Range => {
			const [, first, last] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part) ?? [];
			const from = Number(first);
			const to = Number(last ?? first);
			if (first === undefined || from < 1 || to < from) {
				return refuse(
					`“${part}” is not a range of pages`,
					'Write pages as 1, 2-3, 4; the first page is 1.',
				);
			}
			if (pageCount !== undefined && to > pageCount) {
				return refuse(`There is no page ${to}`, `The document has ${pageCount} pages.`);
			}
			return { from, to };
		});
	if (ranges.length === 0) return refuse('“Pages” is empty', 'Write pages as 1, 2-3, 4.');
	const seen = new Set<number>();
	for (const page of ranges.flatMap(pagesOf)) {
		if (seen.has(page)) return refuse(`Page ${page} is named twice`, 'Name each page once.');
		seen.add(page);
	}
	return ranges;
}

export const pagesOf = ({ from, to }: Range): number[] =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

export const rangeText = ({ from, to }: Range) => (from === to ? String(from) : `${from}-${to}`);
