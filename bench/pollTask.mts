import type { ICredentialType, IDataObject, INodeParameters } from 'n8n-workflow';
import { PollRunner } from '../test/support/pollRunner.mts';
import { builtNode } from './built.mts';
import type { CaseName } from './cases.mts';
import type { Extras, Setting, Task } from './task.mts';

const deleted = 'documentDeleted';
const failed = 'consumptionFailed';
const changes = ['documentAdded', 'documentUpdated', 'newInboxDocument'];
const matching = ['documentMatchesFilter', 'documentNoLongerMatches'];

/** The events of each case. The filter by title is missing where rows of the trash cannot be filtered. */
const watched: Partial<Record<CaseName, INodeParameters>> = {
	catchUp: { events: ['documentAdded'] },
	idleDocuments: {
		events: [...changes, ...matching],
		filters: {
			texts: { rows: [{ field: 'title', condition: 'istartswith', text: 'Document 1' }] },
		},
	},
	idleDeleted: { events: [deleted] },
	idleFailed: { events: [failed] },
	idleLarge: { events: [...changes, deleted, failed] },
	state: { events: [...changes, deleted] },
};

const runners = new Map<CaseName, PollRunner>();

/** Longer than the trigger looks back for late changes. */
const restMinutes = 16;

/** Lets the look-back pass for the sandbox, without a change in the archive. */
async function rest(url: string): Promise<void> {
	const date = (await fetch(url)).headers.get('date');
	const lead = Date.parse(String(date)) - Date.now() + restMinutes * 60_000;
	const { ok } = await fetch(`${url}/__sandbox/clock`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ lead }),
	});
	if (!ok) throw new Error('The sandbox did not set its clock');
}

/** Polls when no late change can still appear, neither by n8n's clock nor by the sandbox's. */
async function settle(runner: PollRunner, url: string): Promise<void> {
	await rest(url);
	runner.passTime(restMinutes);
	await runner.poll();
}

/** The trigger of a case, activated in an archive at rest. */
async function runnerOf(
	name: CaseName,
	{ url, token }: Setting,
	credential: ICredentialType,
): Promise<PollRunner> {
	const known = runners.get(name);
	if (known) return known;
	const parameters = watched[name];
	if (parameters === undefined) throw new Error(`${name} has no trigger`);
	const types = { node: builtNode('PaperlessNgxTrigger'), credential };
	const runner = new PollRunner(types, { baseUrl: url, apiToken: token }, parameters);
	runners.set(name, runner);
	await rest(url);
	await runner.poll();
	await settle(runner, url);
	return runner;
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** The saved state while late changes may still appear, and after the trigger has looked back for them. */
async function stateOf(runner: PollRunner, url: string): Promise<Extras> {
	const recentState = bytesOf(runner.memory);
	await settle(runner, url);
	return { recentState, settledState: bytesOf(runner.memory) };
}

async function pollToTheEnd(runner: PollRunner): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for (let items = await runner.poll(); items.length > 0; items = await runner.poll()) {
		all.push(...items);
	}
	return all;
}

/** One poll; for the case `state`, as many as there are items for. */
export async function pollTask(
	name: CaseName,
	setting: Setting,
	credential: ICredentialType,
): Promise<Task> {
	const runner = await runnerOf(name, setting, credential);
	const summary = (result: unknown) => `${(result as unknown[]).length} items`;
	return name === 'state'
		? { work: () => pollToTheEnd(runner), summary, extras: () => stateOf(runner, setting.url) }
		: { work: () => runner.poll(), summary };
}
