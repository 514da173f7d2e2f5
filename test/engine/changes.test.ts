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
				addTags: ['Household'],
				title: 'New',
			},
			customFields: { mappingMode: 'defineBelow', value: { [String(status)]: 'Done' } },
			permissions: { viewUsers: 'reader', changeGroups: 'family' },
		});

		expect(changes).toEqual({
			correspondent: { from: 'Power Company Ltd', to: 'City Library' },
			custom_fields: { Status: { from: 'Open', to: 'Done' } },
			owner: { from: 'admin', to: 'clerk' },
			permissions: {
				change: { groups: { added: ['family'], removed: [] } },
				view: {
					groups: { added: ['family'], removed: [] },
					users: { added: ['reader'], removed: [] },
				},
			},
			tags: { added: ['Household'], removed: [] },
			title: { from: 'Power invoice 1/2024', to: 'New' },
		});
	});

	it('are empty, and nothing is written, when the document was so already', async () => {
		const parameters = {
			document: byId(2),
			updateFields: { addTags: ['invoice'], title: 'New', owner: byName('clerk') },
			permissions: { viewUsers: 'reader' },
		};
		await results(engine, 'update', parameters);
		await sandbox.forgetRequests();

		const again = await results(engine, 'update', parameters);
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(again).toEqual([{ id: 2, updated: false, changes: {} }]);
		expect(writes).toEqual([]);
	});
});
