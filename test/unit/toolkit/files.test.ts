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
	it('that n8n holds in memory is read with its size in bytes', async () => {
		const file = await filesOf(start().node).read(0, 'data');

		expect(file).toMatchObject({ fileName: 'data.bin', mimeType: 'text/plain', size: 7 });
		expect(await readAll(file.open())).toBe('Grüße');
	});

	it('that n8n keeps in its store is streamed, as often as wanted', async () => {
		const file = await filesOf(start().node).read(0, 'scan');

		expect(file).toMatchObject({ fileName: 'a.pdf', mimeType: 'application/pdf', size: 8 });
		expect(await readAll(file.open())).toBe('%PDF-1.7');
		expect(await readAll(file.open())).toBe('%PDF-1.7');
	});

	it('that is not there is missed by its name, beside those that are', async () => {
		const refusal = await refusalOf(filesOf(start().node).read(0, 'invoice'), PaperlessError);

		expect(refusal.message).toBe('The input has no file “invoice”');
		expect(refusal.description).toContain('It has: data, scan.');
	});

	it('is missed where there is none at all', async () => {
		const refusal = await refusalOf(filesOf(start().node).read(1, 'data'), PaperlessError);

		expect(refusal.description).toContain('It has no file at all');
	});

	it('can be named', () => {
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

	it('is handed to n8n with its name and type', async () => {
		const { node, kept } = start();

		await filesOf(node).store(file('%PDF'));

		expect(kept).toEqual([{ content: '%PDF', fileName: 'a.pdf', mimeType: 'application/pdf' }]);
	});

	it('that breaks off on the way is refused', async () => {
		const refusal = await refusalOf(filesOf(start().node).store(file('broken')), PaperlessError);

		expect(refusal.kind).toBe('interrupted');
		expect(refusal.message).toBe('“a.pdf” did not arrive whole');
	});
});
