import { forgetServers } from '../../../nodes/api/connection';
import type { PaperlessClient } from '../../../nodes/api/paperlessClient';
import { answeringClient } from '../../support/answeringClient.mts';
import { json } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

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

type Ask = (client: PaperlessClient) => Promise<unknown>;

/** The method, the request that it sends and the server's reply, which it returns unchanged. */
const plain: ReadonlyArray<readonly [string, Ask, string, unknown]> = [
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
		'the counts of a selection',
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
		'the token’s user',
		async ({ system }) => await system.currentUser(),
		'GET api/ui_settings/',
		{ user: record, permissions: [] },
	],
	[
		'search results of every kind',
		async ({ search }) => await search.everywhere('fee', false),
		'GET api/search/?query=fee',
		record,
	],
	[
		'search results by name only',
		async ({ search }) => await search.everywhere('fee', true),
		'GET api/search/?query=fee&db_only=true',
		record,
	],
	[
		'words for a prefix',
		async ({ search }) => await search.autocomplete('fe', 3),
		'GET api/search/autocomplete/?term=fe&limit=3',
		['fee'],
	],
	[
		'a rebuilt bundle',
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

describe('The server’s reply about', () => {
	it.each(plain)('%s is returned unchanged', async (_, ask, line, answer) => {
		const { transport, client } = answeringClient(json(answer));

		expect(await ask(client)).toEqual(answer);
		expect(transport.lines.at(-1)).toBe(line);
	});

	it('its configuration becomes one object', async () => {
		expect(await answeringClient(json([record])).client.system.configuration()).toEqual(record);
		expect(await answeringClient(json([])).client.system.configuration()).toEqual({});
	});
});
