import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { FilePart } from '../../../nodes/api/httpTransport';
import {
	FakeTransport,
	json,
	page,
	recordedWait,
	refusalOf,
	text,
	versionHeaders,
} from '../../support/fakeTransport.mts';

const asn = (release: keyof typeof versionHeaders = '3.0') =>
	json(12, 200, versionHeaders[release]);

function start(answers: ConstructorParameters<typeof FakeTransport>[0]) {
	const transport = new FakeTransport(answers);
	return { transport, ...paperlessClient(transport, recordedWait().wait) };
}

const file: FilePart = {
	field: 'document',
	fileName: 'Gebühr.pdf',
	mimeType: 'application/pdf',
	size: 4,
	async *open() {
		yield Buffer.from('%PDF');
	},
};

beforeEach(forgetServers);

describe('A list of documents', () => {
	it.each([
		[
			'a row in an unknown format',
			[{ id: 3 }, { id: 4, tags: 'new' }],
			'results.1 is not a document',
		],
		['an object in place of the rows', { id: 3 }, 'results is not a list'],
	])('with %s names its place', async (_, results, place) => {
		const { documents } = start([
			json({ count: 2, next: null, results }, 200, versionHeaders['3.0']),
		]);

		const refusal = await refusalOf(documents.list({ fields: 'id,tags' }), PaperlessError);

		expect(refusal.kind).toBe('unexpectedReply');
		expect(refusal.description).toContain(`api/documents/: ${place}`);
	});
});

describe('Changing a document', () => {
	it('sends only the changes, and never the parameter “fields”', async () => {
		const { transport, documents } = start([asn(), json({ id: 3 })]);

		await documents.update(3, { title: 'New', correspondent: null });

		expect(transport.requests[1]).toMatchObject({
			method: 'PATCH',
			path: 'api/documents/3/',
			body: { json: { title: 'New', correspondent: null } },
		});
		expect(transport.requests[1]?.query ?? {}).toEqual({});
	});

	it('in bulk sends the documents, the method and its parameters', async () => {
		const { transport, documents } = start([asn(), json({ result: 'OK' })]);

		await documents.bulkEdit([3, 4], {
			method: 'modify_tags',
			parameters: { add_tags: [7], remove_tags: [] },
		});

		expect(transport.requests[1]).toMatchObject({
			method: 'POST',
			path: 'api/documents/bulk_edit/',
			body: {
				json: {
					documents: [3, 4],
					method: 'modify_tags',
					parameters: { add_tags: [7], remove_tags: [] },
				},
			},
		});
	});

	it.each([
		['3.0', 'rotate', 'rotate/', { documents: [3], degrees: 90 }],
		[
			'2.20',
			'rotate',
			'bulk_edit/',
			{ documents: [3], method: 'rotate', parameters: { degrees: 90 } },
		],
		['3.0', 'delete', 'bulk_edit/', { documents: [3], method: 'delete', parameters: {} }],
		['3.2', 'delete', 'delete/', { documents: [3] }],
	] as const)(
		'on %s sends the method “%s” to documents/%s',
		async (release, method, route, sent) => {
			const { transport, documents } = start([asn(release), json({ result: 'OK' })]);

			await documents.bulkEdit(
				[3],
				method === 'rotate' ? { method, parameters: { degrees: 90 } } : { method, parameters: {} },
			);

			expect(transport.requests[1]).toMatchObject({
				path: `api/documents/${route}`,
				body: { json: sent },
			});
		},
	);

	it('in bulk is rejected when the server reports an error with status 200', async () => {
		const { documents } = start([
			asn('2.20'),
			json({ result: 'ERROR' }, 200, versionHeaders['2.20']),
		]);

		const refusal = await refusalOf(
			documents.bulkEdit([3], {
				method: 'modify_tags',
				parameters: { add_tags: [7], remove_tags: [] },
			}),
			PaperlessError,
		);

		expect(refusal.kind).toBe('unavailable');
	});

	it('by a note sends it as JSON', async () => {
		const { transport, notes } = start([
			asn(),
			json([{ id: 1, note: 'Paid', created: '2024-05-31T10:00:00Z', user: 2 }]),
		]);

		const created = await notes.create(3, 'Paid');

		expect(created).toMatchObject({ id: 1, userId: 2, username: null });

		expect(transport.requests[1]).toMatchObject({
			method: 'POST',
			path: 'api/documents/3/notes/',
			body: { json: { note: 'Paid' } },
		});
	});

	it('by a note is rejected when the server reports an error with status 200', async () => {
		const { notes } = start([
			asn(),
			json({ error: 'Error saving note, check logs for more detail.' }),
		]);

		const refusal = await refusalOf(notes.create(3, ''), PaperlessError);

		expect(refusal.message).toBe('Error saving note, check logs for more detail.');
	});

	it('to the trash is a DELETE', async () => {
		const { transport, documents } = start([asn(), text('', 204)]);

		await documents.delete(3);

		expect(transport.lines[1]).toBe('DELETE api/documents/3/');
	});
});

describe('Uploading', () => {
	it('sends the file after its fields, with a part for each tag', async () => {
		const { transport, documents } = start([asn(), json('5f4e-task')]);

		const task = await documents.upload(file, {
			title: 'Fee',
			created: '2024-05-31',
			tags: [3, 4],
			archive_serial_number: 0,
		});

		expect(task).toBe('5f4e-task');
		expect(transport.requests[1]?.body).toEqual({
			parts: [
				{ field: 'title', text: 'Fee' },
				{ field: 'created', text: '2024-05-31' },
				{ field: 'archive_serial_number', text: '0' },
				{ field: 'tags', text: '3' },
				{ field: 'tags', text: '4' },
				file,
			],
		});
		expect(transport.requests[1]).toMatchObject({
			method: 'POST',
			path: 'api/documents/post_document/',
		});
	});

	it('sends the values of custom fields as one JSON text', async () => {
		const { transport, documents } = start([asn('2.20'), json('task')]);

		await documents.upload(file, { custom_fields: { 5: 'EUR12.50', 6: [1, 2] } });

		expect(transport.requests[1]?.body).toEqual({
			parts: [{ field: 'custom_fields', text: '{"5":"EUR12.50","6":[1,2]}' }, file],
		});
	});

	it('with custom fields to a server before 2.19 is rejected before anything is sent', async () => {
		const { transport, documents } = start([asn('2.18')]);

		const refusal = await refusalOf(
			documents.upload(file, { custom_fields: { 5: 'x' } }),
			PaperlessError,
		);

		expect(refusal.kind).toBe('unsupported');
		expect(transport.lines).toEqual(['GET api/documents/next_asn/']);
	});

	it('without values for custom fields needs no newer server', async () => {
		const { transport, documents } = start([asn('2.18'), json('task')]);

		await documents.upload(file, { custom_fields: {} });

		expect(transport.requests[1]?.body).toEqual({ parts: [file] });
	});
});

describe('Listing documents', () => {
	it.each([
		[{ fields: 'id,title' }, '1000'],
		[{ fields: 'id,content' }, '100'],
		[{}, '100'],
	] as const)('with %j requests pages of %s, because texts are long', async (query, size) => {
		const { transport, documents } = start([page([{ id: 1 }])]);

		await documents.list(query);

		expect(transport.requests[0]?.query).toEqual({ ...query, page: '1', page_size: size });
	});

	it('keeps unknown fields, such as the search hit', async () => {
		const hit = { id: 1, __search_hit__: { score: 1.5 }, versions: [] };
		const { documents } = start([page([hit])]);

		expect(await documents.list({ query: 'x', fields: 'id' }, { limit: 5 })).toEqual([hit]);
	});

	it('accepts the document formats of every version', async () => {
		const old = { id: 1, created: '2024-05-31T00:00:00+02:00', owner: null, storage_path: null };
		const { documents } = start([json(old, 200, versionHeaders['2.15'])]);

		expect(await documents.get(1)).toEqual(old);
	});
});

describe('Downloading', () => {
	it.each([
		['archived', 'GET api/documents/3/download/'],
		['original', 'GET api/documents/3/download/?original=true'],
		['preview', 'GET api/documents/3/preview/'],
		['thumbnail', 'GET api/documents/3/thumb/'],
	] as const)('the %s file is %s', async (rendition, line) => {
		const { transport, documents } = start([text('')]);

		await documents.download(3, rendition);

		expect(transport.lines).toEqual([line]);
	});

	it('names a file by its id and type where the server does not name it', async () => {
		const headers = { ...versionHeaders['2.15'], 'content-type': 'image/webp; charset=binary' };
		const { documents } = start([
			text('RIFF', 200, headers),
			text('x', 200, versionHeaders['2.15']),
		]);

		expect(await documents.download(3, 'thumbnail')).toMatchObject({
			fileName: 'document-3.webp',
			mimeType: 'image/webp',
		});
		expect(await documents.download(3, 'thumbnail')).toMatchObject({
			mimeType: 'application/octet-stream',
		});
	});
});

describe('The checksum by which the server recognizes a file', () => {
	it.each([
		['2.15', 'md5'],
		['2.20', 'md5'],
		['3.0', 'sha256'],
	] as const)('is on %s: %s', async (release, algorithm) => {
		const { documents } = start([asn(release)]);

		expect(await documents.checksumAlgorithm()).toBe(algorithm);
	});
});
