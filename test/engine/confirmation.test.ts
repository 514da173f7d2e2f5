import { Engine } from '../support/engine.mts';
import {
	byId,
	byName,
	engineFor,
	PaperlessNgxTool,
	results,
	types,
} from '../support/paperless.mts';
import { Sandbox } from '../support/sandbox.mts';

describe('a model that asks for something that destroys', () => {
	let sandbox: Sandbox;
	let model: Engine;
	let person: Engine;

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.0.5');
		person = engineFor(sandbox);
		model = new Engine(
			{ ...types, node: new PaperlessNgxTool() },
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
		);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	const deletions = {
		document: { document: byId(5) },
		tag: { tag: byName('invoice') },
		correspondent: { correspondent: byName('City Library') },
		documentBulk: { target: 'ids', documentIds: '2, 5' },
	};
	const cases = Object.entries(deletions);
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').map(({ path }) => path);

	it.each(cases)('is told what would be lost, and how to go on: %s', async (resource, given) => {
		const [told] = await results(model, 'delete', { resource, ...given });

		expect(told).toMatchObject({ deleted: false, dry_run: true });
		expect(told?.next_step).toMatch(/user agrees.*Confirmed = true/);
		expect(await writes()).toEqual([]);
	});

	it.each(cases)('gets it when the user has agreed: %s', async (resource, given) => {
		const told = await results(model, 'delete', { resource, ...given, confirmed: true });

		expect(told[0]).toMatchObject({ deleted: true });
		expect(told[0]).not.toHaveProperty('next_step');
		expect(await writes()).not.toEqual([]);
	});

	it('is asked about a merge only where it deletes the originals', async () => {
		const merge = { resource: 'pdf', target: 'ids', documentIds: '2, 5' };

		const [kept] = await results(model, 'merge', merge);
		await sandbox.forgetRequests();
		const [lost] = await results(model, 'merge', { ...merge, options: { deleteOriginals: true } });

		expect(kept).not.toHaveProperty('next_step');
		expect(lost?.next_step).toContain('Nothing was changed');
		expect(await writes()).toEqual([]);
	});

	it('leaves a person’s workflow as it is', async () => {
		const [told] = await results(person, 'delete', { resource: 'tag', tag: byName('invoice') });

		expect(told).toMatchObject({ deleted: true });
	});
});
