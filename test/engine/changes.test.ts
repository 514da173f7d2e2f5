import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, results } from '../support/paperless.mts';
import { Sandbox } from '../support/sandbox.mts';

let sandbox: Sandbox;
let engine: Engine;

beforeAll(async () => {
	sandbox = await Sandbox.start('3.0.5');
	engine = engineFor(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => await sandbox.reset());

const idOf = async (path: string, name: string) => {
	const { results: rows } = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
		'GET',
		`${path}/?page_size=100`,
	);
	return rows.find((row) => row.name === name)?.id ?? 0;
};

describe('the changes that an update reports', () => {
	it('use the names that were given', async () => {
		const status = await idOf('custom_fields', 'Status');

		const [{ changes } = {}] = await results(engine, 'update', {
			document: byId(2),
			updateFields: {
				correspondent: byName('City Library'),
				owner: byName('clerk'),
				addTags: ['invoice'],
				title: 'New',
			},
			customFields: { mappingMode: 'defineBelow', value: { [String(status)]: 'Done' } },
			permissions: { viewUsers: 'reader', changeGroups: 'family' },
		});

		expect(changes).toEqual({
			correspondent: 'City Library',
			owner: 'clerk',
			title: 'New',
			set_permissions: { view: { users: ['reader'] }, change: { groups: ['family'] } },
			add_tags: ['invoice'],
			remove_tags: [],
			add_custom_fields: { Status: 'Done' },
			remove_custom_fields: [],
		});
	});

	it('use the IDs that were given, and cost no request for names', async () => {
		const tag = await idOf('tags', 'invoice');
		await sandbox.forgetRequests();

		const [{ changes } = {}] = await results(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: [tag], clear: ['correspondent'] },
		});
		const reads = (await sandbox.requests()).filter(({ method }) => method === 'GET');

		expect(changes).toEqual({ correspondent: null, add_tags: [tag], remove_tags: [] });
		expect(reads.filter(({ path }) => !path.includes('next_asn'))).toEqual([]);
	});
});
