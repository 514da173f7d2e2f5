import type { Engine } from '../support/engine.mts';
import { fullWorkflow } from '../support/fullWorkflow.mts';
import { byName, engineFor, refusal, results } from '../support/paperless.mts';
import type { Profile } from '../support/sandbox.mts';
import { Sandbox } from '../support/sandbox.mts';

type Part = Record<string, unknown>;
type Shown = { triggers: Part[]; actions: Part[] };

const json = (value: unknown) => JSON.stringify(value);

/** Of one part, what the other one has as well, so that what only a newer server knows does not count. */
const common = (part: Part, other: Part) =>
	Object.fromEntries(Object.entries(part).filter(([key]) => key in other));

/** Other ids for everything that a workflow can name. */
async function shuffle(sandbox: Sandbox): Promise<void> {
	for (const path of ['tags', 'correspondents', 'document_types', 'storage_paths']) {
		const { results: rows } = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			`${path}/?page_size=100`,
		);
		for (const { id } of rows) await sandbox.api('DELETE', `${path}/${id}/`);
		const more = path === 'storage_paths' ? { path: 'x' } : {};
		for (const { name } of rows.toReversed())
			await sandbox.api('POST', `${path}/`, { name, ...more });
	}
}

const moves: Array<[from: Profile, to: Profile]> = [
	['2.15.3', '3.0.5'],
	['2.20.15', '3.0.5'],
	['3.0.5', '2.20.15'],
	['3.0.5', '3.0.5'],
];

describe.each(moves)('a workflow that moves from Paperless-ngx %s to %s', (from, to) => {
	let source: Sandbox;
	let target: Sandbox;
	let engines: { source: Engine; target: Engine };

	beforeAll(async () => {
		source = await Sandbox.start(from);
		target = await Sandbox.start(to);
		engines = { source: engineFor(source), target: engineFor(target) };
	});
	afterAll(async () => {
		await source.close();
		await target.close();
	});
	beforeEach(async () => {
		await source.reset();
		await target.reset();
		await shuffle(target);
	});

	const get = async (engine: Engine, name: string, showSecrets = true) => {
		const options = { showSecrets };
		const parameters = { resource: 'workflow', workflow: byName(name), options };
		return (await results(engine, 'get', parameters))[0] as unknown as Shown;
	};
	const create = (workflow: unknown) => ({ resource: 'workflow', workflowJson: json(workflow) });
	const there = async () =>
		(await target.api<{ results: Array<{ name: string }> }>('GET', 'workflows/')).results;

	it('means the same there, whatever the ids and the keys of that version', async () => {
		await source.api('POST', 'workflows/', await fullWorkflow(source, 'Sort'));
		const before = await get(engines.source, 'Sort');

		await results(engines.target, 'create', create(before));
		const after = await get(engines.target, 'Sort');

		for (const list of ['triggers', 'actions'] as const) {
			expect(after[list]).toHaveLength(before[list].length);
			for (const [at, part] of before[list].entries()) {
				const found = after[list][at] ?? {};
				expect(common(found, part)).toEqual(common(part, found));
			}
		}
		expect(json(after)).toContain('"X-Key":"hidden"');
	});

	it('is not created with a secret that Get has masked', async () => {
		await source.api('POST', 'workflows/', await fullWorkflow(source, 'Sort'));
		const masked = await get(engines.source, 'Sort', false);

		const told = await refusal(engines.target, 'create', create(masked));

		expect(told.message).toContain('a header in place of which there are asterisks');
		expect(told.description).toContain('Show Secrets');
		expect(await there()).toEqual([]);
	});

	it('names the mail rule by which it is started', async () => {
		const account = { name: 'Office', imap_server: 'a', username: 'b', password: 'c' };
		for (const server of [source, target]) {
			await server.api('POST', 'mail_accounts/', account);
			// The rule has another id on the server that the workflow moves to.
			for (const name of server === source ? ['Bills'] : ['Other', 'Bills'])
				await server.api('POST', 'mail_rules/', { name, account: 1, action: 3, assign_tags: [] });
		}
		const triggers = [{ type: 1, filter_filename: '*', filter_mailrule: 1 }];
		await source.api('POST', 'workflows/', { name: 'Mail', triggers, actions: [] });

		const found = await get(engines.source, 'Mail');
		await results(engines.target, 'create', create(found));

		const [row] = (await there()) as unknown as Shown[];
		expect(found.triggers[0]).toMatchObject({ filter_mailrule: 'Bills' });
		expect(row?.triggers[0]).toMatchObject({ filter_mailrule: 2 });
	});

	if (from !== '3.0.5') return;

	const newer = {
		name: 'Newer',
		triggers: [{ type: 2 }],
		actions: [{ type: 5, passwords: ['one secret', 'another'] }, { type: 6 }],
	};

	it('takes actions of newer servers along, with their passwords', async () => {
		await source.api('POST', 'workflows/', newer);
		const masked = await get(engines.source, 'Newer', false);
		const found = await get(engines.source, 'Newer');

		const told = await refusal(engines.target, 'create', create(masked));
		expect(masked.actions).toMatchObject([
			{ type: 'password_removal', passwords: ['********', '********'] },
			{ type: 'move_to_trash' },
		]);
		expect(told.message).toContain('a password in place of which there are asterisks');
		if (to !== '3.0.5') {
			const tooOld = await refusal(engines.target, 'create', create(found));
			expect(tooOld.message).toContain('"5" is not a valid choice');
			expect(await there()).toEqual([]);
			return;
		}
		await results(engines.target, 'create', create(found));
		expect(await get(engines.target, 'Newer')).toMatchObject({
			actions: [{ type: 'password_removal', passwords: ['one secret', 'another'] }, {}],
		});
	});

	it('keeps passwords where something else of it is changed', async () => {
		await source.api('POST', 'workflows/', newer);
		const { actions } = await get(engines.source, 'Newer', false);

		const [changed] = await results(engines.source, 'update', {
			resource: 'workflow',
			workflow: byName('Newer'),
			workflowJson: json({ order: 4, actions: actions.slice(0, 1) }),
		});

		expect(json(changed)).not.toContain('one secret');
		expect((await get(engines.source, 'Newer')).actions).toMatchObject([
			{ passwords: ['one secret', 'another'] },
		]);
	});
});
