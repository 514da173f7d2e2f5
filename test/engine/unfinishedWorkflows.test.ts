import { byName, refusal, results } from '../support/paperless.mts';
import type { Fault } from '../support/sandbox.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

type Part = Record<string, unknown> & { id: number };
type Stored = { id: number; name: string; enabled: boolean; triggers: Part[]; actions: Part[] };

const crash: Fault = { kind: 'status', status: 500, times: 99 };

describe.each(profiles)('a workflow that is written in part, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());
	afterEach(async () => await sandbox.behave());

	const stored = async () =>
		(await sandbox.api<{ results: Stored[] }>('GET', 'workflows/')).results;
	const asks = async (operation: string, parameters: object) =>
		await results(engine, operation, { resource: 'workflow', ...parameters });
	const refused = async (operation: string, parameters: object) =>
		await refusal(engine, operation, { resource: 'workflow', ...parameters });
	const workflowJson = JSON.stringify({
		name: 'Sort',
		triggers: [{ type: 'document_added', filter_has_tags: ['invoice'] }],
		actions: [{ type: 'assignment', assign_title: 'Sorted' }],
	});
	const isWhole = {
		name: 'Sort',
		triggers: [{ filter_has_tags: [expect.any(Number)] }],
		actions: [{ assign_title: 'Sorted' }],
	};

	describe('by Create', () => {
		it.each([1, 2, 4])(
			'is completed when the database is locked %i times',
			async (lockedWrites) => {
				await sandbox.settings({ lockedWrites });

				const [created] = await asks('create', { workflowJson });

				expect(await stored()).toMatchObject([isWhole]);
				expect(created).toMatchObject({ id: (await stored())[0]?.id, name: 'Sort' });
			},
		);

		it('is removed when the database stays locked, and the message says so', async () => {
			await sandbox.settings({ lockedWrites: 100 });

			const { message, description } = await refused('create', { workflowJson });

			expect(message).toContain('crashed');
			expect(description).toContain('What was created of the workflow was removed again.');
			expect(description).not.toContain('may have reached');
			expect(await stored()).toEqual([]);
		});

		it('is named with what it has where it cannot be removed either', async () => {
			await sandbox.settings({ lockedWrites: 100 });
			await sandbox.misbehave({ ...crash, method: 'DELETE', path: '/workflows/' });

			const { description } = await refused('create', { workflowJson });

			const [left] = await stored();
			expect(left).toMatchObject({ name: 'Sort', triggers: [], actions: [] });
			expect(description).toContain(
				`The workflow “Sort” (ID ${left?.id}) was created with 0 triggers and 0 actions, and could be neither completed nor removed. Complete it with Update, or remove it with Delete.`,
			);
		});

		it('is named when it is in the way of the next attempt, which Update then completes', async () => {
			await sandbox.settings({ lockedWrites: 100 });
			await sandbox.misbehave({ ...crash, method: 'DELETE', path: '/workflows/' });
			await refused('create', { workflowJson });
			await sandbox.settings({ lockedWrites: 0 });

			const { message, description } = await refused('create', { workflowJson });
			await asks('update', { workflow: byName('Sort'), workflowJson });

			expect(message).toContain('already exists');
			expect(description).toContain('has no triggers and no actions, as after a creation');
			expect(await stored()).toMatchObject([isWhole]);
		});

		it('is reported as created when only the reply was lost', async () => {
			await sandbox.misbehave({ kind: 'dropAfter', method: 'POST', path: '/workflows/' });

			const [created] = await asks('create', { workflowJson });

			expect(await stored()).toMatchObject([{ ...isWhole, id: created?.id }]);
		});

		it('is reported as not created when the request was lost', async () => {
			await sandbox.misbehave({ kind: 'drop', method: 'POST', path: '/workflows/' });

			const { description } = await refused('create', { workflowJson });

			expect(description).toContain('The workflow was not created. Try again.');
			expect(await stored()).toEqual([]);
		});

		it('leaves another workflow of its name alone, whatever happens to the request', async () => {
			await asks('create', { workflowJson });
			const before = await stored();
			await sandbox.misbehave({ kind: 'status', status: 502, method: 'POST', path: '/workflows/' });
			const other = JSON.stringify({ name: 'Sort', triggers: [], actions: [] });

			const lost = await refused('create', { workflowJson: other });
			await sandbox.behave();
			const taken = await refused('create', { workflowJson: other });

			const advice = `The workflow “Sort” (ID ${before[0]?.id}) has this name.`;
			expect(lost.description).toContain(`The workflow was not created. ${advice}`);
			expect(taken.description).toContain(advice);
			expect(await stored()).toEqual(before);
		});
	});

	describe('by Update', () => {
		const workflow = byName('Sort');
		const changed = async () => {
			const [found] = await asks('get', { workflow });
			const { triggers } = found as unknown as Stored;
			return JSON.stringify({
				order: 7,
				triggers: [{ ...triggers[0], filter_has_tags: ['bank'] }],
				actions: [{ type: 'assignment', assign_title: 'Changed' }],
			});
		};

		beforeEach(async () => {
			await sandbox.api('POST', 'tags/', { name: 'bank' });
			await asks('create', { workflowJson });
		});

		it.each([1, 3])('is completed when the database is locked %i times', async (lockedWrites) => {
			const asked = await changed();
			await sandbox.settings({ lockedWrites });

			const [updated] = await asks('update', { workflow, workflowJson: asked });

			expect(updated).toMatchObject({ updated: true, order: 7 });
			expect(await stored()).toMatchObject([{ actions: [{ assign_title: 'Changed' }] }]);
		});

		it('is described when the database stays locked, and completed by the next attempt', async () => {
			const asked = await changed();
			await sandbox.settings({ lockedWrites: 100 });

			const { description } = await refused('update', { workflow, workflowJson: asked });
			const [now] = await stored();
			await sandbox.settings({ lockedWrites: 0 });
			await asks('update', { workflow, workflowJson: asked });

			expect(now).toMatchObject({ order: 7, actions: [{ assign_title: 'Sorted' }] });
			expect(description).toContain(
				`The workflow “Sort” (ID ${now?.id}) is switched on and changed in part. Not as asked: actions 1 assign_title.`,
			);
			expect(await stored()).toMatchObject([{ actions: [{ assign_title: 'Changed' }] }]);
		});

		it('is described as unchanged when no request reached the server', async () => {
			const before = await stored();
			await sandbox.misbehave({ ...crash, method: 'PATCH', path: '/workflows/' });

			const { description } = await refused('update', { workflow, workflowJson: '{"order":3}' });

			expect(description).toContain('is switched on and unchanged.');
			expect(await stored()).toEqual(before);
		});
	});

	describe('by Disable', () => {
		const workflow = byName('Sort');

		beforeEach(async () => {
			await asks('create', { workflowJson });
		});

		it('is switched off although the server crashed afterwards', async () => {
			await sandbox.settings({ lockedWrites: 1 });

			const [off] = await asks('disable', { workflow });

			expect(off).toMatchObject({ enabled: false, updated: true });
			expect(await stored()).toMatchObject([{ ...isWhole, enabled: false }]);
		});

		it('is said to be still on when the server stays unable', async () => {
			await sandbox.misbehave({ ...crash, method: 'PATCH', path: '/workflows/' });

			const { description } = await refused('disable', { workflow });

			expect(description).toContain('is switched on and unchanged.');
		});
	});
});
