import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import type { PaperlessClient } from '../../../nodes/api/paperlessClient';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { HttpReply } from '../../../nodes/api/httpTransport';
import type { Release } from '../../support/fakeTransport.mts';
import {
	FakeTransport,
	json,
	page,
	readAll,
	recordedWait,
	refusalOf,
	text,
	versionHeaders,
} from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

function start(reply: HttpReply<string> | Array<HttpReply<string>>, release: Release = '3.0') {
	const replies = [reply].flat();
	const transport = new FakeTransport(({ path }) =>
		path.endsWith('next_asn/')
			? json(12, 200, versionHeaders[release])
			: (replies.shift() ?? text('', 500)),
	);
	return { transport, client: paperlessClient(transport, recordedWait().wait) };
}

const mail = { addresses: 'a@example.com', subject: 'Fee', message: '', use_archive_version: true };
const zip = { content: 'both', compression: 'none', follow_formatting: false } as const;
const link = { id: 1, slug: 'abc', created: '2024-05-31', file_version: 'archive' };
const bundle = { id: 1, slug: 'abc', status: 'pending', documents: [3], last_error: null };
const record = { a: 1 };
const ids = { correspondents: [], tags: [3], document_types: [], storage_paths: [], dates: [] };
const noCounts = {
	selected_correspondents: [],
	selected_tags: [{ id: 3, document_count: 2 }],
	selected_document_types: [],
	selected_storage_paths: [],
	selected_custom_fields: [],
};
const file = {
	field: 'document',
	fileName: 'a.pdf',
	mimeType: 'application/pdf',
	size: 0,
	async *open() {},
};

type Call = (client: PaperlessClient) => Promise<unknown>;

/** What is called, what goes out, what the server answers; the client gives the answer back. */
const plain: ReadonlyArray<readonly [string, Call, string, unknown]> = [
	[
		'metadata',
		async ({ documents }) => await documents.metadata(3),
		'GET api/documents/3/metadata/',
		record,
	],
	[
		'history',
		async ({ documents }) => await documents.history(3),
		'GET api/documents/3/history/',
		[record],
	],
	[
		'suggestions',
		async ({ documents }) => await documents.suggestions(3),
		'GET api/documents/3/suggestions/',
		ids,
	],
	[
		'AI suggestions',
		async ({ documents }) => await documents.aiSuggestions(3),
		'GET api/documents/3/ai_suggestions/',
		ids,
	],
	[
		'counts of a selection',
		async ({ documents }) => await documents.selection([3]),
		'POST api/documents/selection_data/',
		noCounts,
	],
	['statistics', async ({ system }) => await system.statistics(), 'GET api/statistics/', record],
	['the status', async ({ system }) => await system.status(), 'GET api/status/', record],
	[
		'the newest version',
		async ({ system }) => await system.remoteVersion(),
		'GET api/remote_version/',
		{ version: 'v3.1.0', update_available: true },
	],
	['the names of logs', async ({ system }) => await system.logs(), 'GET api/logs/', ['paperless']],
	[
		'a log',
		async ({ system }) => await system.log('paperless', 5),
		'GET api/logs/paperless/?limit=5',
		['line'],
	],
	[
		'a changed configuration',
		async ({ system }) => await system.updateConfiguration(record),
		'PATCH api/config/1/',
		record,
	],
	[
		'the own user',
		async ({ system }) => await system.currentUser(),
		'GET api/ui_settings/',
		{ user: record, permissions: [] },
	],
	[
		'hits of every kind',
		async ({ search }) => await search.everywhere('fee', false),
		'GET api/search/?query=fee',
		record,
	],
	[
		'hits by name alone',
		async ({ search }) => await search.everywhere('fee', true),
		'GET api/search/?query=fee&db_only=true',
		record,
	],
	[
		'words that begin so',
		async ({ search }) => await search.autocomplete('fe', 3),
		'GET api/search/autocomplete/?term=fe&limit=3',
		['fee'],
	],
	[
		'a bundle that is built anew',
		async ({ shareLinkBundles }) => await shareLinkBundles.rebuild(1),
		'POST api/share_link_bundles/1/rebuild/',
		bundle,
	],
	[
		'the task of a new version',
		async ({ versions }) => await versions.upload(3, file, ''),
		'POST api/documents/3/update_version/',
		'task',
	],
	[
		'a renamed version',
		async ({ versions }) => await versions.rename(3, 4, 'Signed'),
		'PATCH api/documents/3/versions/4/',
		{ id: 4, version_label: 'Signed' },
	],
];

describe('What the server answers about', () => {
	it.each(plain)('%s is given back', async (_, call, line, answer) => {
		const { transport, client } = start(json(answer));

		expect(await call(client)).toEqual(answer);
		expect(transport.lines.at(-1)).toBe(line);
	});

	it('its configuration is one object', async () => {
		expect(await start(json([record])).client.system.configuration()).toEqual(record);
		expect(await start(json([])).client.system.configuration()).toEqual({});
	});
});

describe('Mail', () => {
	it('is one message with several documents from 2.19 on', async () => {
		const { transport, client } = start(json({}), '2.20');

		await client.documents.email([3, 4], mail);

		expect(transport.requests.at(-1)).toMatchObject({
			path: 'api/documents/email/',
			body: { json: { documents: [3, 4], ...mail } },
		});
	});

	it('is one message a document before', async () => {
		const { transport, client } = start([json({}), json({})], '2.18');

		await client.documents.email([3, 4], mail);

		expect(transport.lines.slice(1)).toEqual([
			'POST api/documents/3/email/',
			'POST api/documents/4/email/',
		]);
	});
});

describe('A ZIP of documents', () => {
	it('comes as a stream', async () => {
		const { transport, client } = start(text('PK'));

		expect(await readAll(await client.documents.zip([3, 4], zip))).toBe('PK');
		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/documents/bulk_download/',
			body: { json: { documents: [3, 4], ...zip } },
		});
	});

	it('that is refused says why', async () => {
		const { client } = start(json({ documents: ['Some documents don’t exist.'] }, 400));

		const refusal = await refusalOf(client.documents.zip([3], zip), PaperlessError);

		expect(refusal.fields).toEqual({ documents: 'Some documents don’t exist.' });
	});
});

describe('Notes', () => {
	const note = { id: 1, note: 'Paid', created: '2024-05-31T10:00:00Z' };

	it.each([
		[
			{ id: 2, username: 'clara' },
			{ userId: 2, username: 'clara' },
		],
		[2, { userId: 2, username: null }],
		[null, { userId: null, username: null }],
		[undefined, { userId: null, username: null }],
	])('have the author %j in one shape for every server', async (user, author) => {
		const { transport, client } = start(json([{ ...note, user }]));

		expect(await client.notes.list(3)).toEqual([{ ...note, ...author }]);
		expect(transport.lines).toEqual(['GET api/documents/3/notes/']);
	});

	it('that are created are the ones with the highest id', async () => {
		const { client } = start(json([note, { ...note, id: 9, note: 'New' }, { ...note, id: 4 }]));

		expect(await client.notes.create(3, 'New')).toMatchObject({ id: 9, note: 'New' });
	});

	it('that the server did not save, though it says 200, are refused', async () => {
		const { client } = start(json({ error: 'Error saving note' }));

		const refusal = await refusalOf(client.notes.create(3, ''), PaperlessError);

		expect(refusal.message).toBe('Error saving note');
	});

	it('are deleted by their id', async () => {
		const { transport, client } = start(json([]));

		await client.notes.delete(3, 9);

		expect(transport.lines.at(-1)).toBe('DELETE api/documents/3/notes/?id=9');
	});
});

describe('Share links', () => {
	it('of a document name the document', async () => {
		const { transport, client } = start(json([link]));

		expect(await client.shareLinks.ofDocument(3)).toEqual([{ ...link, document: 3 }]);
		expect(transport.lines).toEqual(['GET api/documents/3/share_links/']);
	});

	it('are listed like everything else', async () => {
		const { client } = start(page([{ ...link, document: 3 }]));

		expect(await client.shareLinks.list({}, { pageSize: 10 })).toHaveLength(1);
	});
});

describe('The trash', () => {
	it('is acted on by ids that are named', async () => {
		const { transport, client } = start(json('OK'));

		await client.trash.act('restore', [3, 4]);

		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/trash/',
			body: { json: { action: 'restore', documents: [3, 4] } },
		});
	});

	it('cannot be emptied without naming ids', () => {
		const { client } = start(json('OK'));
		const act = (ids: [number]) => async () => await client.trash.act('empty', ids);

		// @ts-expect-error without ids the server would delete everything
		expect(act([])).toBeInstanceOf(Function);
	});
});

describe('Versions of a document', () => {
	it('are asked for without the rest of the document', async () => {
		const { transport, client } = start(json({ id: 3, versions: [{ id: 4, is_root: false }] }));

		expect(await client.versions.list(3)).toEqual([{ id: 4, is_root: false }]);
		expect(transport.lines).toEqual(['GET api/documents/3/?fields=id%2Cversions']);
	});

	it('are uploaded with their label before the file', async () => {
		const { transport, client } = start(json('task'));

		await client.versions.upload(3, file, 'Signed');

		expect(transport.requests.at(-1)?.body).toEqual({
			parts: [{ field: 'version_label', text: 'Signed' }, file],
		});
	});

	it('are deleted one by one', async () => {
		const { transport, client } = start(text('', 204));

		await client.versions.delete(3, 4);

		expect(transport.lines.at(-1)).toBe('DELETE api/documents/3/versions/4/');
	});
});

describe('A question to the AI of the server', () => {
	it('gives the answer as text, and the references that follow it', async () => {
		const { client, transport } = start(
			text('It ends in June.\n\n__PAPERLESS_CHAT_METADATA__{"references":[{"id":3}]}'),
		);

		const told = await client.documents.ask('When does the lease end?', 3);

		expect(told).toEqual({ answer: 'It ends in June.', references: { references: [{ id: 3 }] } });
		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/documents/chat/',
			body: { json: { q: 'When does the lease end?', document_id: 3 } },
		});
	});

	it('gives an answer without references as it is', async () => {
		const { client } = start(text('Nothing is known of that.'));

		expect(await client.documents.ask('Why?')).toEqual({
			answer: 'Nothing is known of that.',
			references: null,
		});
	});

	it('is refused in the words of a server whose AI is off', async () => {
		const { client } = start(text('AI is required for this feature', 400));

		const refusal = await refusalOf(client.documents.ask('Why?'), PaperlessError);

		expect(refusal.message).toBe('AI is required for this feature');
	});
});
