import type { Sandbox } from '../test/support/sandbox.mts';
import { addEvents, archive, deleteNewTags, setStoragePaths } from './archive.mts';
import type { Target } from './targets.mts';
import {
	bytesAtMost,
	countAtMost,
	memoryNearFloor,
	receivedAtMost,
	requestsAtMost,
	timeAtMost,
	timeNearFloorInN8n,
} from './targets.mts';

export const uploads = 20;
/** Rows per page, of the package and of the floor. */
export const pageSize = 1000;
/** Webhook calls that arrive at once. */
export const burst = 500;

export type Case = {
	name: CaseName;
	title: string;
	server: 'sandbox' | 'largeFiles';
	/**
	 * Timed runs of each side. They follow an untimed first run, which counts requests and bytes. At 0
	 * the first run is timed instead. With large files every run gets fresh processes.
	 */
	runs: number;
	/** How often a timed run does the work in a row, to spread out the cost of garbage collection. */
	repeats?: number;
	/** Also compares with the smallest node in n8n. */
	floorInN8n?: true;
	prepare?: (sandbox: Sandbox) => Promise<void>;
	/** Follows an unmeasured run that only activates a trigger. */
	afterActivation?: (sandbox: Sandbox) => Promise<void>;
	cleanUp?: (sandbox: Sandbox) => Promise<void>;
	targets: readonly Target[];
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

const kinds = ['correspondents', 'document types', 'tags', 'custom fields'];

const listRequests = (rows: number, names = kinds): Target =>
	requestsAtMost(
		Math.ceil(rows / pageSize) + names.length,
		`one per ${pageSize.toLocaleString('en')} documents, one each for ${names.join(', ')}`,
	);

const idlePoll = (name: CaseName, title: string, documents: number, requests = 1): Case => ({
	name,
	title: `${title}, ${documents.toLocaleString('en')} documents at rest`,
	server: 'sandbox',
	runs: 0,
	afterActivation: () => Promise.resolve(),
	targets: [requestsAtMost(requests), receivedAtMost(2000 * requests)],
});

export const cases: readonly Case[] = [
	{
		name: 'list1000',
		title: 'Get many, 1,000 documents',
		server: 'sandbox',
		runs: 5,
		repeats: 5,
		floorInN8n: true,
		targets: [listRequests(1000)],
	},
	{
		name: 'list10000',
		title: 'Get many, 10,000 documents',
		server: 'sandbox',
		runs: 15,
		repeats: 5,
		floorInN8n: true,
		targets: [listRequests(10_000), timeNearFloorInN8n(1.5)],
	},
	{
		name: 'gets',
		title: 'Get by ID, 500 items',
		server: 'sandbox',
		runs: 3,
		targets: [requestsAtMost(5)],
	},
	{
		name: 'tags',
		title: 'The same tag change, 1,000 items',
		server: 'sandbox',
		runs: 3,
		targets: [requestsAtMost(8, 'names, and for 500 documents a look, a change and a look')],
	},
	{
		name: 'bulkTags',
		title: 'Bulk tag change by filter, 10,000 documents',
		server: 'sandbox',
		runs: 3,
		targets: [
			requestsAtMost(
				71,
				'10 pages of IDs, the tags, and for 500 documents a look, a change and a look',
			),
		],
	},
	{
		name: 'equalFields',
		title: 'The same custom field, 1,000 items',
		server: 'sandbox',
		runs: 3,
		targets: [requestsAtMost(8, 'as the tags')],
	},
	{
		name: 'differentFields',
		title: 'Different custom fields, 1,000 items',
		server: 'sandbox',
		runs: 1,
		targets: [requestsAtMost(1010, 'the server takes one value per request')],
	},
	{
		name: 'upserts',
		title: 'Create or update, 500 tags',
		server: 'sandbox',
		runs: 1,
		cleanUp: deleteNewTags,
		targets: [
			requestsAtMost(
				507,
				'the server’s version, four names before their list is read, the tags, the owners’ names, the writes',
			),
		],
	},
	{
		name: 'zip',
		title: 'Download as ZIP, 200 documents',
		server: 'sandbox',
		runs: 3,
		targets: [memoryNearFloor],
	},
	{
		name: 'fiveKinds',
		title: 'Get many, 1,000 documents with storage paths',
		server: 'sandbox',
		runs: 5,
		repeats: 5,
		floorInN8n: true,
		prepare: setStoragePaths,
		targets: [listRequests(1000, [...kinds, 'storage paths'])],
	},
	{
		name: 'uploads',
		title: `Upload and wait, ${uploads} files`,
		server: 'sandbox',
		runs: 3,
		targets: [
			requestsAtMost(
				2 * uploads + 12,
				'a look-up and an upload per file, and twelve for waiting and comparing',
			),
		],
	},
	{
		name: 'burst',
		title: `Webhooks, a burst of ${burst}`,
		server: 'sandbox',
		runs: 0,
		targets: [
			requestsAtMost(100, 'documents reported meanwhile share a request'),
			countAtMost('rejected calls', 'rejected', 0),
			timeAtMost('slowest answer to the server', 'slowestAnswer', 5000),
			timeAtMost('from call to start, median', 'medianStart', 2500),
			timeAtMost('from call to start, 99th percentile', 'lateStart', 5000),
		],
	},
	{
		name: 'picker',
		title: 'Open a picker, 5,000 correspondents',
		server: 'sandbox',
		runs: 3,
		prepare: (sandbox) => sandbox.seed({ correspondents: 5000 - archive.correspondents }),
		targets: [requestsAtMost(2, 'a page, and the owners of equal names'), receivedAtMost(50_000)],
	},
	{
		name: 'catchUp',
		title: 'Poll, 5,000 new documents',
		server: 'sandbox',
		runs: 0,
		afterActivation: (sandbox) => sandbox.seed({ documents: 5000 }),
		targets: [
			requestsAtMost(
				5 + 10 + 1 + kinds.length,
				'5 pages of changes, one per 500 documents, the names',
			),
		],
	},
	idlePoll('idleDocuments', 'Poll without news, all events of documents', 15_000),
	idlePoll('idleDeleted', 'Poll without news, deletions', 15_000),
	idlePoll('idleFailed', 'Poll without news, failed files', 15_000),
	{
		...idlePoll('idleLarge', 'Poll without news, all of these', 100_000, 3),
		prepare: (sandbox) => sandbox.seed({ documents: 85_000 }),
	},
	{
		name: 'state',
		title: 'Polls, 10,000 events in a minute',
		server: 'sandbox',
		runs: 0,
		afterActivation: addEvents,
		targets: [
			bytesAtMost('saved state during that minute', 'recentState', 400_000),
			bytesAtMost('saved state afterwards', 'settledState', 64_000),
		],
	},
	{
		name: 'largeUpload',
		title: 'Upload, 1 GiB',
		server: 'largeFiles',
		runs: 3,
		targets: [memoryNearFloor],
	},
	{
		name: 'largeDownload',
		title: 'Download, 1 GiB',
		server: 'largeFiles',
		runs: 3,
		targets: [memoryNearFloor],
	},
];
