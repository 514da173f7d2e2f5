import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { recordedNames } from '../../../sandbox/profiles.mts';
import type { RecordedName } from '../../../sandbox/profiles.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import type { Sandbox } from '../../../sandbox/server.mts';
import type { Document } from '../../../sandbox/store.mts';
import { runSchedule } from '../../../sandbox/workflowRuns.mts';
import { compareResponses } from './compare.mts';
import { Correspondence } from './correspondence.mts';
import { covers, readDifferences } from './differences.mts';
import type { ListedDifference } from './differences.mts';
import { cutAs, isExchange, readChapter } from './recordings.mts';
import type { Entry, Exchange } from './recordings.mts';
import { send } from './send.mts';
import { compareDeliveries, openSink, unansweredPath } from './sink.mts';
import { settleTies } from './ties.mts';

const due = [
	'base',
	'auth',
	'documents-list',
	'documents-filter',
	'documents-filter-dates',
	'documents-search',
	'document-crud',
	'document-custom-fields',
	'document-details',
	'files',
	'upload',
	'bulk-edit',
	'bulk-edit-pdf',
	'bulk-edit-endpoints',
	'document-notes',
	'tasks',
	'trash',
	'versions',
	'bulk-edit-objects',
	'tags',
	'classification',
	'saved-views',
	'custom-fields',
	'custom-field-values',
	'share-links',
	'email',
	'search-global',
	'system',
	'permissions',
	'users-groups',
	'mail',
	'custom-field-query',
	'search',
	'search-fields',
	'search-parameters',
	'workflows',
	'webhooks',
	'trigger-semantics',
];

export interface Verdict {
	index: number;
	title: string;
	problems: string[];
	listed: ListedDifference | undefined;
}

/** Plays one chapter against a server in the base state, the base itself against an empty one. */
export async function replayChapter(
	sandbox: Sandbox,
	profile: RecordedName,
	chapter: string,
	listed: ListedDifference[],
): Promise<Verdict[]> {
	await sandbox.reset(chapter === 'base' ? 'empty' : 'base');
	const { store } = sandbox;
	Object.assign(store.settings, {
		publicUrl: 'http://paperless.test',
		queueSeconds: 0,
		consumptionSeconds: 0,
		ocrSeconds: 0,
		retrySeconds: [0, 0, 0],
	});
	const sink = await openSink();
	const pairs = new Correspondence(sandbox.tokens);
	pairs.learn('http://sink.test', sink.url);
	const entries = await readChapter(profile, chapter);
	const verdicts: Verdict[] = [];
	const judge = (index: number, title: string, problems: string[]): void => {
		const difference = listed.find((row) => covers(row, profile, chapter, title, index));
		verdicts.push({ index, title, problems, listed: difference });
	};
	for (const [index, entry] of entries.entries()) {
		if (!isExchange(entry)) {
			await actOnNote(sandbox, entry);
			await store.postman.idle();
			const next = 'delivery' in entry ? sink.received.shift() : undefined;
			if ('delivery' in entry) {
				const problems = next
					? compareDeliveries(entry.delivery, next, pairs)
					: ['it did not come'];
				judge(index, `Delivery to ${entry.delivery.path}`, problems);
			}
			const isLast = !('delivery' in (entries[index + 1] ?? {}));
			for (const { path } of isLast ? sink.received.splice(0) : [])
				judge(index, `Delivery to ${path}`, ['it should not have come']);
			continue;
		}
		await pace(sandbox, entries, index);
		const { title, response } = entry;
		const settle = (own: unknown): unknown =>
			entry.cut ? cutAs(response.json, own) : settleTies(sandbox, entry, own);
		const actual = await send(sandbox.url, pairs.translateRequest(entry));
		const problems = compareResponses(response, actual, pairs, settle);
		judge(index, title, problems);
	}
	sink.close();
	return verdicts;
}

/** What was done to the recorded server past its API. */
async function actOnNote(sandbox: Sandbox, entry: Entry): Promise<void> {
	const { store } = sandbox;
	const note = 'note' in entry ? entry.note : '';
	if (/^The hourly check/.test(note)) runSchedule(store);
	if (
		'observed' in entry &&
		/^another document is changed all the time/.test(entry.observed.action)
	) {
		await finishWork(sandbox);
		store.touch(store.documents.get(3) as Document);
	}
	if (/^Three tokens were fetched/.test(note)) store.tokenRequests = Array(3).fill(Date.now());
	else if (/^Waited one minute/.test(note)) store.tokenRequests = [];
	else await finishWork(sandbox);
}

async function finishWork({ store: { queue } }: Sandbox): Promise<void> {
	queue.release();
	await queue.done();
}

interface TaskReading {
	results?: { status: string }[];
}

const statusesIn = ({ request, response }: Exchange): string[] => {
	if (request.path !== '/api/tasks/' || !request.query?.some(([name]) => name === 'task_id'))
		return [];
	const json = response.json as TaskReading | { status: string }[] | undefined;
	const tasks = Array.isArray(json) ? json : (json?.results ?? []);
	return tasks.map(({ status }) => status.toLowerCase());
};

const isEarly = (status: string): boolean => status === 'pending' || status === 'started';

/** Titles of exchanges that were recorded before the queued work was done. */
const beforeWork =
	/ (directly after the reply|yet|while something runs|while it is built or after)$/;

const patientSeconds = 60;

const isUnanswered = (entry: Entry | undefined): boolean =>
	entry !== undefined && 'delivery' in entry && entry.delivery.path === unansweredPath;

/** Lets the queue run only as far as it had run when the exchange was recorded. */
async function pace(sandbox: Sandbox, entries: Entry[], index: number): Promise<void> {
	const { queue, settings, tasks } = sandbox.store;
	const exchange = entries[index] as Exchange;
	const ahead = entries.slice(index + 1, index + 8).filter(isExchange);
	const readings = statusesIn(exchange);
	const [reading = 'success'] = [...readings, ...ahead.flatMap(statusesIn)];
	const comesBeforeWork = [exchange, ...ahead.slice(0, 1)].some(({ title }) =>
		beforeWork.test(title),
	);
	if (isEarly(reading) || comesBeforeWork) queue.hold();
	else await finishWork(sandbox);
	const isStarted = tasks.find(({ status }) => status === 'started') !== undefined;
	if (readings.includes('started') && !isStarted) await queue.step();
	settings.bulkUpdateSeconds = comesBeforeWork ? 0.001 : 0;
	// Only where the receiver never answers is there something to wait for.
	settings.webhookSeconds = isUnanswered(entries[index + 1]) ? 0.2 : patientSeconds;
}

async function chaptersOf(profile: RecordedName): Promise<string[]> {
	const files = await readdir(new URL(`../../recordings/${profile}/`, import.meta.url));
	return files.map((file) => file.replace(/\.json$/, ''));
}

/** When the base state of each server was ready, for the recordings ask for times. */
const recordedAt: Record<RecordedName, string> = {
	'2.15.3': '2026-11-22T02:46:00Z',
	'2.20.15': '2026-11-22T02:46:00Z',
	'3.0.5': '2026-11-22T03:48:00Z',
};

interface Options {
	profile?: string | undefined;
	chapter?: string | undefined;
	verbose?: boolean | undefined;
}

/** Returns whether every exchange agrees or is listed. */
export async function replay(options: Options, print: (line: string) => void): Promise<boolean> {
	const listed = await readDifferences();
	const used = new Set<ListedDifference>();
	let isFine = true;
	for (const profile of recordedNames) {
		if (options.profile && options.profile !== profile) continue;
		const sandbox = await startSandbox({ profile, startAt: recordedAt[profile] });
		const chapters = options.chapter ? [options.chapter] : due;
		let [total, agreeing, excused] = [0, 0, 0];
		for (const chapter of chapters) {
			const verdicts = await replayChapter(sandbox, profile, chapter, listed);
			const differing = verdicts.filter(({ problems }) => problems.length > 0);
			const unlisted = differing.filter((verdict) => verdict.listed === undefined);
			total += verdicts.length;
			agreeing += verdicts.length - differing.length;
			excused += differing.length - unlisted.length;
			for (const { listed: difference } of differing) if (difference) used.add(difference);
			if (unlisted.length > 0) isFine = false;
			print(
				`  ${profile} ${chapter}: ${verdicts.length - differing.length} of ${verdicts.length}, ${differing.length - unlisted.length} listed`,
			);
			for (const { index, title, problems } of unlisted) {
				print(`    ${index} ${title}`);
				for (const problem of options.verbose ? problems : problems.slice(0, 1))
					print(`      ${problem}`);
			}
			for (const { index, title, problems, listed: difference } of verdicts) {
				const isStale = difference && problems.length === 0 && !difference.title.includes('*');
				if (isStale) print(`    ${index} ${title}: listed, but agrees`);
			}
		}
		await sandbox.close();
		const others = (await chaptersOf(profile)).filter((chapter) => !due.includes(chapter));
		if (!options.chapter) print(`  ${profile} not covered: ${others.join(', ')}`);
		print(
			`${profile}: ${grouped(agreeing)} of ${grouped(total)} exchanges agree, ${grouped(excused)} listed`,
		);
	}
	if (!options.chapter && !options.profile) {
		for (const difference of listed) {
			if (!used.has(difference))
				print(`Listed, but no longer different: ${difference.chapter}, ${difference.title}`);
		}
	}
	return isFine;
}

const grouped = (count: number): string => count.toLocaleString('en');

if (import.meta.main) {
	const { values } = parseArgs({
		options: {
			profile: { type: 'string' },
			chapter: { type: 'string' },
			verbose: { type: 'boolean', default: false },
		},
	});
	process.exitCode = (await replay(values, console.log)) ? 0 : 1;
}
