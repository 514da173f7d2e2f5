import { createRequire } from 'node:module';
import type { ICredentialType, IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { PollRunner } from '../test/support/pollRunner.mts';
import type { CaseName } from './cases.mts';
import type { More, Setting, Task } from './side.mts';

const built = createRequire(import.meta.url);
const { PaperlessNgxTrigger } = built(
	'../dist/nodes/PaperlessNgxTrigger/PaperlessNgxTrigger.node.js',
) as { PaperlessNgxTrigger: new () => INodeType };

const deleted = 'documentDeleted';
const failed = 'consumptionFailed';
const changes = ['documentAdded', 'documentUpdated', 'newInboxDocument'];
const matching = ['documentMatchesFilter', 'documentNoLongerMatches'];

/** What each case watches. A filter on the title can be told of no row of the trash. */
const watched: Partial<Record<CaseName, INodeParameters>> = {
	catchUp: { events: ['documentAdded'] },
	idleDocuments: {
		events: [...changes, ...matching],
		textFilters: { rows: [{ field: 'title', condition: 'istartswith', value: 'Document 1' }] },
	},
	idleDeleted: { events: [deleted] },
	idleFailed: { events: [failed] },
	idleLarge: { events: [...changes, deleted, failed] },
	state: { events: [...changes, deleted] },
};

const runners = new Map<CaseName, PollRunner>();

/** The first time it is activated, looks back once, and has nothing more to look back on. */
async function runnerOf(
	name: CaseName,
	{ url, token }: Setting,
	credential: ICredentialType,
): Promise<PollRunner | undefined> {
	const parameters = watched[name];
	if (parameters === undefined) return undefined;
	const known = runners.get(name);
	if (known) return known;
	const types = { node: new PaperlessNgxTrigger(), credential };
	const runner = new PollRunner(types, { baseUrl: url, apiToken: token }, parameters);
	runners.set(name, runner);
	await runner.poll();
	runner.passTime(2);
	await runner.poll();
	return runner;
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Right after a poll, while that could still be told late, and when it was looked back. */
async function stateOf(runner: PollRunner): Promise<More> {
	const atOnce = bytesOf(runner.memory);
	runner.passTime(2);
	await runner.poll();
	return { atOnce, settled: bytesOf(runner.memory) };
}

async function pollToTheEnd(runner: PollRunner): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for (let items = await runner.poll(); items.length > 0; items = await runner.poll()) {
		all.push(...items);
	}
	return all;
}

/** One poll, for a case that is about one. */
export async function pollTask(
	name: CaseName,
	setting: Setting,
	credential: ICredentialType,
): Promise<Task> {
	const runner = await runnerOf(name, setting, credential);
	if (runner === undefined) throw new Error(`${name} is not about a trigger`);
	return {
		work: async () => await (name === 'state' ? pollToTheEnd(runner) : runner.poll()),
		summary: (result) => `${(result as unknown[]).length} items`,
		...(name === 'state' && { more: async () => await stateOf(runner) }),
	};
}
