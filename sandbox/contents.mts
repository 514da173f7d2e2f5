import { PDFArray, PDFDocument, PDFRawStream, decodePDFRawStream } from 'pdf-lib';

const signatures: [string, (bytes: Buffer) => boolean][] = [
	['application/pdf', (bytes) => bytes.subarray(0, 5).toString() === '%PDF-'],
	['image/png', (bytes) => bytes.subarray(1, 4).toString() === 'PNG'],
	['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
	['image/gif', (bytes) => bytes.subarray(0, 4).toString() === 'GIF8'],
	['image/bmp', (bytes) => bytes.subarray(0, 2).toString() === 'BM'],
	['image/webp', (bytes) => bytes.subarray(8, 12).toString() === 'WEBP'],
	['image/tiff', (bytes) => ['II*\0', 'MM\0*'].includes(bytes.subarray(0, 4).toString('latin1'))],
];

const refused: typeof signatures = [
	['image/x-tga', (bytes) => bytes[0] === 0 && bytes[1] === 1 && bytes[2] === 2],
	['application/zip', (bytes) => bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'],
	['application/octet-stream', (bytes) => bytes.subarray(0, 4096).includes(0)],
	['text/html', (bytes) => /^\s*(<!doctype html|<html)/i.test(bytes.toString('latin1', 0, 4096))],
];

const consumable = new Set([...signatures.map(([type]) => type), 'text/plain', 'text/csv']);

export const isConsumable = (type: string): boolean => consumable.has(type);

/** Detects the type from the content. The server ignores the file name and the declared type. */
export function sniffType(file: Uint8Array): string {
	const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
	const known = [...signatures, ...refused].find(([, fits]) => fits(bytes));
	if (known) return known[0];
	const rows = bytes.toString('latin1', 0, 4096).trim().split(/\r?\n/);
	const commas = (rows[0] ?? '').split(',').length;
	const isTable =
		commas > 1 && rows.length > 1 && rows.every((row) => row.split(',').length === commas);
	return isTable ? 'text/csv' : 'text/plain';
}

export interface Contents {
	text: string;
	pages: number | null;
	archive: Uint8Array | null;
}

/** Paperless cannot read this file either. */
export class UnreadableFile extends Error {}

export async function readContents(
	bytes: Uint8Array,
	type: string,
	archivePdf: boolean,
): Promise<Contents> {
	if (type.startsWith('text/')) {
		return {
			text: new TextDecoder().decode(bytes).replace(/^\uFEFF/, ''),
			pages: null,
			archive: null,
		};
	}
	try {
		if (type === 'application/pdf') return await readPdf(bytes, archivePdf);
		return { text: '', pages: null, archive: await wrapImage(bytes, type) };
	} catch {
		throw new UnreadableFile();
	}
}

async function readPdf(bytes: Uint8Array, archivePdf: boolean): Promise<Contents> {
	const pdf = await PDFDocument.load(bytes, {
		ignoreEncryption: true,
		throwOnInvalidObject: true,
	});
	if (pdf.isEncrypted) return { text: '', pages: null, archive: null };
	const text = pdf.getPages().map(({ node }) => {
		const contents = node.Contents();
		const streams =
			contents instanceof PDFArray
				? contents.asArray().map((entry) => pdf.context.lookup(entry))
				: [contents];
		return streams
			.map((stream) => (stream instanceof PDFRawStream ? shownText(stream) : ''))
			.join('\n');
	});
	const archive = archivePdf ? await pdf.save() : null;
	return { text: text.join('\n').trim(), pages: pdf.getPageCount(), archive };
}

/** The literal strings of a content stream. The files of the tests and samples need no more. */
function shownText(stream: PDFRawStream): string {
	const operators = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
	return [...operators.matchAll(/\(((?:\\.|[^\\)])*)\)\s*Tj|<([0-9A-Fa-f]+)>\s*Tj/g)]
		.map(
			([, literal, hex]) =>
				literal?.replace(/\\(.)/g, '$1') ?? Buffer.from(hex ?? '', 'hex').toString('latin1'),
		)
		.join('\n');
}

async function wrapImage(bytes: Uint8Array, type: string): Promise<Uint8Array | null> {
	const pdf = await PDFDocument.create();
	const page = pdf.addPage();
	if (type === 'image/png') page.drawImage(await pdf.embedPng(bytes));
	if (type === 'image/jpeg') page.drawImage(await pdf.embedJpg(new Uint8Array(bytes)));
	return pdf.save();
}
