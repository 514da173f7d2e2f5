import type { Fault } from './sandbox.mts';

export const events = [
	'consumptionFailed',
	'documentAdded',
	'documentDeleted',
	'documentUpdated',
	'newInboxDocument',
];

/** The server does not search the trash. */
export const searchable = events.filter((event) => event !== 'documentDeleted');

const quick = { 'retry-after': '0' };

/** Some are overcome by one or more repetitions; the others end the poll. */
export const faults: ReadonlyArray<Omit<Fault, 'path'>> = [
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 404 },
	{ kind: 'status', status: 503, headers: quick },
	{ kind: 'status', status: 503, headers: quick, times: 4 },
	{ kind: 'status', status: 502, headers: quick, times: 9 },
	{ kind: 'html' },
	{ kind: 'loginRedirect' },
	{ kind: 'drop' },
	{ kind: 'dropAfter' },
	{ kind: 'truncate' },
];

/** Requests at the start of a poll, or for the names that items need once the changes are read. */
export const faultyPaths = [
	'/documents/',
	'/tags/',
	'/(tags|correspondents|custom_fields)/',
	'/(trash|tasks)/',
];

export const weights = {
	poll: 24,
	pollDuringChanges: 10,
	overlappingPolls: 4,
	stuckPoll: 2,
	failingPoll: 10,
	restart: 5,
	crash: 4,
	webhookMishap: 9,
	indexChange: 7,
	longPause: 5,
	upload: 9,
	uploadBurst: 2,
	brokenFile: 3,
	seed: 8,
	patch: 10,
	latePatch: 6,
	note: 3,
	bulkTags: 7,
	intoInbox: 5,
	outOfInbox: 5,
	delete: 5,
	restore: 5,
	purge: 1,
	share: 7,
} as const;

/** Changes that may happen during a poll. */
export const duringPolls = {
	upload: 2,
	seed: 4,
	patch: 6,
	bulkTags: 4,
	intoInbox: 3,
	outOfInbox: 2,
};
