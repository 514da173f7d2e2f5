import { PDFDocument } from 'pdf-lib';
import { countPages } from '../../../nodes/PaperlessNgx/resources/pdf/countPages';
import { fixtureBytes } from '../../support/fixtures.mts';

async function pdfOf(pages: number): Promise<PDFDocument> {
	const pdf = await PDFDocument.create();
	for (let page = 0; page < pages; page += 1) pdf.addPage();
	return pdf;
}

describe('countPages', () => {
	it.each([
		['with compressed objects', true],
		['without compressed objects', false],
	])('counts the pages of a file %s', async (_, useObjectStreams) => {
		const file = await (await pdfOf(7)).save({ useObjectStreams });

		expect(await countPages(file)).toBe(7);
	});

	it('counts the pages after the last change of a file', async () => {
		const first = Buffer.from(await (await pdfOf(3)).save({ useObjectStreams: false }));
		const [, number] = /(\d+) 0 obj\s*<<[^>]*\/Type \/Pages/.exec(first.toString('latin1')) ?? [];
		const change = `${number} 0 obj\n<< /Type /Pages /Kids [] /Count 2 >>\nendobj\n`;

		expect(await countPages(Buffer.concat([first, Buffer.from(change)]))).toBe(2);
	});

	it.each([
		['text', Buffer.from('Dear reader')],
		['a file without a page tree', Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj')],
		[
			'a file whose objects do not unpack',
			Buffer.from(
				'%PDF-1.5\n1 0 obj << /Type /ObjStm /Length 3 /First 2 >> stream\nabc\nendstream',
			),
		],
	])('does not guess the pages of %s', async (_, file) => {
		expect(await countPages(file)).toBeUndefined();
	});

	it('does not guess the pages of an encrypted file', async () => {
		expect(await countPages(await fixtureBytes('encrypted.pdf'))).toBeUndefined();
	});
});
