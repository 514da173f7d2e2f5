import { PaperlessError } from '../../../nodes/api/errors';
import { filesOf } from '../../../nodes/toolkit/files';
import { fakeNode } from '../../support/fakeNode.mts';
import { readAll, refusalOf } from '../../support/fakeTransport.mts';

const inMemory = { data: Buffer.from('Grüße').toString('base64'), mimeType: 'text/plain' };
const onDisk = { data: 'filesystem', id: 'disk:1', mimeType: 'application/pdf', fileName: 'a.pdf' };

const start = () =>
	fakeNode({
		items: [{ json: {}, binary: { data: inMemory, scan: onDisk } }, { json: {} }],
		stored: { 'disk:1': '%PDF-1.7' },
	});

describe('A file of an input item', () => {
	it('that n8n keeps in memory has its size in bytes', async () => {
		const file = await filesOf(start().node).read(0, 'data');

		expect(file).toMatchObject({ fileName: 'data.bin', mimeType: 'text/plain', size: 7 });
		expect(await readAll(file.open())).toBe('Grüße');
	});

	it('that n8n keeps in its storage can be streamed repeatedly', async () => {
		const file = await filesOf(start().node).read(0, 'scan');

		expect(file).toMatchObject({ fileName: 'a.pdf', mimeType: 'application/pdf', size: 8 });
		expect(await readAll(file.open())).toBe('%PDF-1.7');
		expect(await readAll(file.open())).toBe('%PDF-1.7');
	});

	it('that does not exist is named, together with the existing files', async () => {
		const refusal = await refusalOf(filesOf(start().node).read(0, 'invoice'), PaperlessError);

		expect(refusal.message).toBe('The input has no file “invoice”');
		expect(refusal.description).toContain('Its files are: data, scan.');
	});

	it('is reported as missing where the item has no files', async () => {
		const refusal = await refusalOf(filesOf(start().node).read(1, 'data'), PaperlessError);

		expect(refusal.description).toContain('The input item has no files');
	});

	it('is listed by its field name', () => {
		const files = filesOf(start().node);

		expect(files.names(0)).toEqual(['data', 'scan']);
		expect(files.names(1)).toEqual([]);
	});
});

describe('A file of the server', () => {
	const arriving = async function* (content: string) {
		yield Buffer.from(content);
		if (content === 'broken') throw new Error('aborted');
	};
	const file = (content: string) => ({
		fileName: 'a.pdf',
		mimeType: 'application/pdf',
		body: arriving(content) as unknown as NodeJS.ReadableStream,
	});

	it('is stored by n8n with its name and type', async () => {
		const { node, kept } = start();

		await filesOf(node).store(file('%PDF'));

		expect(kept).toEqual([{ content: '%PDF', fileName: 'a.pdf', mimeType: 'application/pdf' }]);
	});

	it('that is interrupted on the way is rejected', async () => {
		const refusal = await refusalOf(filesOf(start().node).store(file('broken')), PaperlessError);

		expect(refusal.kind).toBe('interrupted');
		expect(refusal.message).toBe('“a.pdf” was only partly downloaded');
	});
});
