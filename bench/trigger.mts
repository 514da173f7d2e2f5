import { createRequire } from 'node:module';
import type { ICredentialType, INodeParameters, INodeType } from 'n8n-workflow';
import { PollRunner } from '../test/support/pollRunner.mts';
import type { CaseName } from './cases.mts';
import type { Setting, Task } from './side.mts';

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

/** One poll, for a case that is about one. */
export async function pollTask(
	name: CaseName,
	setting: Setting,
	credential: ICredentialType,
): Promise<Task> {
	const runner = await runnerOf(name, setting, credential);
	if (runner === undefined) throw new Error(`${name} is not about a trigger`);
	return {
		work: async () => await runner.poll(),
		summary: (result) => `${(result as unknown[]).length} items`,
	};
}
