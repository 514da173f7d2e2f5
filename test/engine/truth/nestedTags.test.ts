import { byId, engineFor, refusal, results, run } from '../../support/paperless.mts';
import { profiles } from '../../support/sandbox.mts';
import { useSandbox } from '../../support/useSandbox.mts';

const nesting = profiles.filter((profile) => profile !== '2.15.3');

type Tag = { id: number; name: string };

describe.each(nesting)('tags below each other that are deleted on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());

	const tag = async (name: string, more: object = {}) =>
		await sandbox.api<Tag>('POST', 'tags/', { name, ...more });
	const family = async () => {
		const parent = await tag('Year');
		const child = await tag('Month', { parent: parent.id });
		return { parent, child, day: await tag('Day', { parent: child.id }) };
	};
	const names = async () =>
		(await sandbox.api<{ results: Tag[] }>('GET', 'tags/?page_size=500')).results.map(
			({ name }) => name,
		);
	const each = { resource: 'tag', tag: byId('={{ $json.id }}') };
	const withChildren = { ...each, options: { deleteChildren: true } };
	const items = (...tags: readonly Tag[]) => ({ items: tags.map(({ id }) => ({ json: { id } })) });

	it.each([
		['from below', (lines: Tag[]) => lines],
		['from above', (lines: Tag[]) => lines.reverse()],
	])('by one item each go without “Delete Children”, %s', async (_, inOrder) => {
		const { parent, child, day } = await family();
		const sorted = inOrder([day, child, parent]);

		const outputs = await results(engine, 'delete', each, items(...sorted));

		expect(outputs).toEqual(
			sorted.map(({ id }) => ({
				deleted: true,
				id,
				documents_moved: 0,
				children_deleted: [],
			})),
		);
		expect((await names()).filter((name) => ['Year', 'Month', 'Day'].includes(name))).toEqual([]);
	});

	it('are foreseen as they would go', async () => {
		const { parent, child, day } = await family();

		const outputs = await results(
			engine,
			'delete',
			{ ...each, dryRun: true },
			items(parent, child, day),
		);

		expect(outputs).toMatchObject(
			['Year', 'Month', 'Day'].map((name) => ({ deleted: false, name, children_deleted: [] })),
		);
		expect(await names()).toEqual(expect.arrayContaining(['Year', 'Month', 'Day']));
	});

	it('name only what an item deletes beside what the other items name', async () => {
		const { parent, child, day } = await family();

		const outputs = await results(engine, 'delete', withChildren, items(parent, day));

		expect(outputs).toMatchObject([
			{ id: parent.id, deleted: true, children_deleted: [child.name] },
			{ id: day.id, deleted: true, children_deleted: [] },
		]);
	});

	it('keep a parent whose other child no item names', async () => {
		const { parent, day } = await family();

		const { json } = await run(engine, 'delete', each, {
			continueOnFail: true,
			...items(parent, day),
		});

		expect(json[0]?.error).toContain('The tag has children');
		expect(json[1]).toMatchObject({ deleted: true, id: day.id });
		expect(await names()).toEqual(expect.arrayContaining(['Year', 'Month']));
	});

	it('keep the parent of a tag whose own item cannot be done', async () => {
		const { parent, child } = await family();
		const other = await tag('Other');
		const moved = byId('={{ $json.to }}');

		const { json } = await run(
			engine,
			'delete',
			{ ...each, options: { deleteChildren: true, moveDocumentsTo: moved } },
			{
				continueOnFail: true,
				items: [
					{ json: { id: parent.id, to: other.id } },
					{ json: { id: child.id, to: child.id } },
				],
			},
		);

		expect(json[0]?.error).toContain('The tag “Year” was not deleted');
		expect(json[1]?.error).toContain('merged with itself');
		expect(await names()).toEqual(expect.arrayContaining(['Year', 'Month', 'Day']));
	});

	it('keep the parent of a tag that the server keeps', async () => {
		const parent = await tag('Year', { owner: null });
		const child = await tag('Month', { parent: parent.id });
		const { results: users } = await sandbox.api<{
			results: Array<{ id: number; username: string }>;
		}>('GET', 'users/');
		const clerk = users.find(({ username }) => username === 'clerk')?.id ?? 0;
		await sandbox.api('PATCH', `tags/${child.id}/`, {
			set_permissions: { view: { users: [clerk] } },
		});

		const { json } = await run(engineFor(sandbox, 'clerk'), 'delete', each, {
			continueOnFail: true,
			...items(child, parent),
		});

		expect(json.map(({ deleted }) => deleted)).toEqual([undefined, undefined]);
		expect(json[1]?.error).toContain('The tag “Year” was not deleted');
		expect(await names()).toEqual(expect.arrayContaining(['Year', 'Month']));
	});

	it('name the tags below that no item names', async () => {
		const { parent, day } = await family();

		const alone = await refusal(engine, 'delete', each, items(parent));
		const besideDay = await refusal(engine, 'delete', each, items(parent, day));

		expect(alone.description).toContain('They are: Month, Day.');
		expect(besideDay.description).toContain('They are: Month.');
	});

	it('take one request where none is below another', async () => {
		const [a, b] = [await tag('A'), await tag('B')];
		await sandbox.forgetRequests();

		await results(engine, 'delete', each, items(a, b));

		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');
		expect(writes).toHaveLength(1);
	});
});
