import type { Sandbox } from '../test/support/sandbox.mts';
import type { More } from './side.mts';

export const mebibyte = 1024 ** 2;
export const gibibyte = 1024 ** 3;
export const uploads = 20;
/** What is in the sandbox before anything is measured. */
export const archive = {
	documents: 10_000,
	correspondents: 300,
	documentTypes: 20,
	customFields: 4,
	tags: 50,
};
export const pageSize = 1000;
/** Webhooks that come at once. */
export const burst = 500;
/** What makes 10,000 events: documents, and those of them that are put into the inbox. */
export const eventful = { added: 7000, inInbox: 3000 };

/** One measurement as the table and the bars see it. */
export type Figures = {
	requests: number;
	/** Bytes */
	sent: number;
	received: number;
	/** Milliseconds, the median of the runs */
	time: number;
	floor: number;
	/** Bytes */
	memory: number;
	floorMemory: number;
	/** What the first run told besides. */
	more: More;
};

export type Bar = {
	what: string;
	measured: (figures: Figures) => number;
	most: number;
	/** The value itself would be too much. */
	exclusive?: true;
	show: (value: number) => string;
	/** What the floor needs of the same, where that tells how far the bar can be reached. */
	floor?: (figures: Figures) => string;
	/** Time depends on the machine and what else it does, so it is told and fails nothing. */
	onlyTold?: true;
};

export type Case = {
	name: CaseName;
	title: string;
	server: 'sandbox' | 'largeFiles';
	/** How often each side runs for its median, after one run that is not timed; at 0 that one counts. */
	runs: number;
	prepare?: (sandbox: Sandbox) => Promise<void>;
	/** What it does the first time is not what it costs. */
	warmUp?: (sandbox: Sandbox) => Promise<void>;
	bars: readonly Bar[];
};

export const caseNames = [
	'list1000',
	'list10000',
	'gets',
	'tags',
	'bulkTags',
	'equalFields',
	'differentFields',
	'upserts',
	'zip',
	'fiveKinds',
	'uploads',
	'burst',
	'picker',
	'catchUp',
	'idleDocuments',
	'idleDeleted',
	'idleFailed',
	'idleLarge',
	'state',
	'largeUpload',
	'largeDownload',
] as const;

export type CaseName = (typeof caseNames)[number];

const requestsAtMost = (most: number, reason = ''): Bar => ({
	what: `requests${reason}`,
	measured: ({ requests }) => requests,
	most,
	show: String,
});

const mebibytes = (bytes: number) => `${(bytes / mebibyte).toFixed(1)} MiB`;

const memoryUnder = (limit: number): Bar => ({
	what: 'peak RSS above idle',
	measured: ({ memory }) => memory,
	most: limit * mebibyte,
	exclusive: true,
	show: mebibytes,
	floor: ({ floorMemory }) => mebibytes(floorMemory),
});

const told = (what: string, name: string, most: number, show: Bar['show']): Bar => ({
	what,
	measured: ({ more }) => more[name] ?? Number.NaN,
	most,
	show,
});

const milliseconds = (time: number) => `${time.toFixed(0)} ms`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

const kinds = ['correspondents', 'document types', 'tags', 'custom fields'];
const listBar = (rows: number, names = kinds) =>
	requestsAtMost(
		Math.ceil(rows / pageSize) + names.length,
		` (pages of ${pageSize}, and one each for ${names.join(', ')})`,
	);

const idlePoll = (name: CaseName, title: string, documents: number, requests = 1): Case => ({
	name,
	title: `${title}, ${documents.toLocaleString('en')} documents`,
	server: 'sandbox',
	runs: 0,
	warmUp: async () => await Promise.resolve(),
	bars: [
		requestsAtMost(requests),
		{
			what: 'received',
			measured: ({ received }) => received,
			most: 2000 * requests,
			exclusive: true,
			show: kilobytes,
		},
	],
});

/** New documents, some of which come into the inbox: every other, so that they fill no range of ids. */
async function makeEvents(sandbox: Sandbox): Promise<void> {
	await sandbox.seed({ documents: eventful.added });
	const tag = { name: 'Inbox', is_inbox_tag: true };
	const { id } = await sandbox.api<{ id: number }>('POST', 'tags/', tag);
	const { results } = await sandbox.api<{ results: Array<{ id: number }> }>(
		'GET',
		`documents/?fields=id&ordering=-id&page_size=${eventful.added}`,
	);
	await sandbox.api('POST', 'documents/bulk_edit/', {
		documents: results
			.filter((_, at) => at % 2 === 0 && at < 2 * eventful.inInbox)
			.map((one) => one.id),
		method: 'modify_tags',
		parameters: { add_tags: [id], remove_tags: [] },
	});
}

/** Gives every document a storage path. */
async function fileAway(sandbox: Sandbox): Promise<void> {
	const path = { name: 'By title', path: '{{ title }}' };
	const { id } = await sandbox.api<{ id: number }>('POST', 'storage_paths/', path);
	const { results } = await sandbox.api<{ results: Array<{ id: number }> }>(
		'GET',
		'documents/?fields=id&page_size=100000',
	);
	await sandbox.api('POST', 'documents/bulk_edit/', {
		documents: results.map((document) => document.id),
		method: 'set_storage_path',
		parameters: { storage_path: id },
	});
}

export const cases: readonly Case[] = [
	{
		name: 'list1000',
		title: 'Get many, 1,000 documents',
		server: 'sandbox',
		runs: 3,
		bars: [listBar(1000)],
	},
	{
		name: 'list10000',
		title: 'Get many, 10,000 documents',
		server: 'sandbox',
		runs: 3,
		bars: [
			listBar(10_000),
			{
				what: 'wall time against the floor',
				measured: ({ time, floor }) => time / floor,
				most: 1.5,
				show: (ratio) => `${ratio.toFixed(2)} ×`,
				onlyTold: true,
			},
		],
	},
	{
		name: 'gets',
		title: 'Get by ID, 500 items',
		server: 'sandbox',
		runs: 3,
		bars: [requestsAtMost(5)],
	},
	{
		name: 'tags',
		title: 'The same tag change, 1,000 items',
		server: 'sandbox',
		runs: 3,
		bars: [requestsAtMost(5)],
	},
	{
		name: 'bulkTags',
		title: 'Bulk tag change by filter, 10,000 documents',
		server: 'sandbox',
		runs: 3,
		bars: [requestsAtMost(31, ' (10 pages of IDs, the tags, one change for 500 documents)')],
	},
	{
		name: 'equalFields',
		title: 'The same custom field, 1,000 items',
		server: 'sandbox',
		runs: 3,
		bars: [requestsAtMost(5)],
	},
	{
		name: 'differentFields',
		title: 'Different custom fields, 1,000 items',
		server: 'sandbox',
		runs: 1,
		bars: [requestsAtMost(1005, ' (the server takes one value a request)')],
	},
	{
		name: 'upserts',
		title: 'Create or update, 500 tags',
		server: 'sandbox',
		runs: 1,
		bars: [requestsAtMost(502, ' (one list and the writes, and the server’s version)')],
	},
	{
		name: 'zip',
		title: 'Download as ZIP, 200 documents',
		server: 'sandbox',
		runs: 3,
		bars: [memoryUnder(64)],
	},
	{
		name: 'fiveKinds',
		title: 'Get many, 1,000 documents with storage paths',
		server: 'sandbox',
		runs: 3,
		prepare: fileAway,
		bars: [listBar(1000, [...kinds, 'storage paths'])],
	},
	{
		name: 'uploads',
		title: `Upload and wait, ${uploads} files`,
		server: 'sandbox',
		runs: 3,
		bars: [
			requestsAtMost(
				2 * uploads + 12,
				` (a look-up and an upload per file, and twelve for waiting and comparing)`,
			),
		],
	},
	{
		name: 'burst',
		title: `Webhooks, a burst of ${burst}`,
		server: 'sandbox',
		runs: 0,
		bars: [
			requestsAtMost(100, ' (what is told of meanwhile is asked for together)'),
			told('calls refused', 'refused', 0, String),
			told('until the slowest answer', 'slowestAnswer', 5000, milliseconds),
			{ ...told('from call to start, median', 'medianStart', 2500, milliseconds), onlyTold: true },
			{
				...told('from call to start, 99th percentile', 'lateStart', 5000, milliseconds),
				onlyTold: true,
			},
		],
	},
	{
		name: 'picker',
		title: 'Open a picker, 5,000 correspondents',
		server: 'sandbox',
		runs: 3,
		prepare: async (sandbox) =>
			await sandbox.seed({ correspondents: 5000 - archive.correspondents }),
		bars: [
			requestsAtMost(1),
			{
				what: 'received',
				measured: ({ received }) => received,
				most: 50_000,
				exclusive: true,
				show: kilobytes,
			},
		],
	},
	{
		name: 'catchUp',
		title: 'Poll, 5,000 new documents',
		server: 'sandbox',
		runs: 0,
		warmUp: async (sandbox) => await sandbox.seed({ documents: 5000 }),
		bars: [
			requestsAtMost(
				5 + 10 + 1 + kinds.length,
				' (5 pages of changes, 500 documents a request, names)',
			),
		],
	},
	idlePoll('idleDocuments', 'Poll without news, all events of documents', 15_000),
	idlePoll('idleDeleted', 'Poll without news, deletions', 15_000),
	idlePoll('idleFailed', 'Poll without news, failed files', 15_000),
	{
		...idlePoll('idleLarge', 'Poll without news, all of these', 100_000, 3),
		prepare: async (sandbox) => await sandbox.seed({ documents: 85_000 }),
	},
	{
		name: 'state',
		title: 'Polls, 10,000 events in a minute',
		server: 'sandbox',
		runs: 0,
		warmUp: makeEvents,
		bars: [
			told('of state until the minute is over', 'atOnce', 400_000, kilobytes),
			told('of state from then on', 'settled', 64_000, kilobytes),
		],
	},
	{
		name: 'largeUpload',
		title: 'Upload, 1 GiB',
		server: 'largeFiles',
		runs: 0,
		bars: [memoryUnder(64)],
	},
	{
		name: 'largeDownload',
		title: 'Download, 1 GiB',
		server: 'largeFiles',
		runs: 0,
		bars: [memoryUnder(64)],
	},
];
