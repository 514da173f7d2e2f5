import { randomUUID } from 'node:crypto';
import { PDFDocument, degrees } from 'pdf-lib';

/** A page of a file, counted from 0, and its rotation in degrees. */
export interface PageOf {
	file: Uint8Array;
	page: number;
	turn?: number;
}

/** Raised by a password, as by a file that is no PDF. */
const open = (bytes: Uint8Array): Promise<PDFDocument> =>
	PDFDocument.load(bytes, { throwOnInvalidObject: true });

export const countPages = async (bytes: Uint8Array): Promise<number> =>
	(await open(bytes)).getPageCount();

/** Creates a file from pages. As on the server, no two files are equal. */
export async function assemble(pages: PageOf[]): Promise<Uint8Array> {
	const result = await PDFDocument.create();
	const sources = new Map<Uint8Array, PDFDocument>();
	for (const { file, page, turn = 0 } of pages) {
		const source = sources.get(file) ?? (await open(file));
		sources.set(file, source);
		const [copy] = await result.copyPages(source, [page]);
		if (copy === undefined) continue;
		copy.setRotation(degrees((copy.getRotation().angle + turn) % 360));
		result.addPage(copy);
	}
	if (pages.length === 0) result.addPage();
	result.setKeywords([randomUUID()]);
	return result.save();
}
