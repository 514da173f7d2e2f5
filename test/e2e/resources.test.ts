import { resources } from '../../nodes/PaperlessNgx/resources';
import { type Case, isNode } from './cases/case.mts';
import { documents } from './cases/documents.mts';
import { filing } from './cases/filing.mts';
import { server } from './cases/server.mts';
import { World } from './support/world.mts';

const cases = [...documents, ...filing, ...server];

describe('a workflow in n8n', () => {
	let world: World;

	beforeEach(async () => {
		world = await World.open();
	});
	afterEach(async () => await world.close());

	const nodesOf = async ({ resource, steps }: Case) =>
		await Promise.all(
			Object.entries(steps(world)).map(async ([name, step]) =>
				isNode(step) ? { ...step, name } : await world.paperlessNode(name, { resource, ...step }),
			),
		);

	it('is there for every resource', () => {
		const names = cases.map(({ resource }) => resource);

		expect([...new Set(names)].sort()).toEqual(resources.map(({ value }) => value).sort());
	});

	it.each(
		cases.map((one) => ({
			...one,
			title: `${one.resource}${one.since ? ` (${one.since} and later)` : ''}: ${one.does}`,
		})),
	)('$title', async (one) => {
		const items = (await one.given?.(world)) ?? [{}];
		const execution = await world.run(world.chain(one.resource, items, ...(await nodesOf(one))));

		if (!world.has(one.since ?? '0')) {
			expect(execution.error?.message).toContain(`needs Paperless-ngx ${one.since} or later`);
			return;
		}
		expect(execution.error).toBeUndefined();
		await one.proof(world, (step) => execution.items(step).map(({ json }) => json));
	});
});
