import { planOf } from '../../../../nodes/PaperlessNgx/resources/document/update/planUpdate';
import type { Update } from '../../../../nodes/PaperlessNgx/resources/document/update/planUpdate';
import { withSharedPlans } from '../../../../nodes/PaperlessNgx/resources/document/update/withSharedPlans';

type Resolved = Parameters<typeof planOf>[0];

const plan = (changes: Partial<Resolved>) =>
	planOf({
		fields: {},
		content: '',
		removeInboxTags: false,
		addTags: [],
		removeTags: [],
		setTags: [],
		customFields: {},
		removeCustomFields: [],
		replaceCustomFields: false,
		permissions: undefined,
		clear: [],
		...changes,
	});

describe('The plan of an update', () => {
	it.each<[string, Partial<Resolved>, object]>([
		['fields', { fields: { title: 'New', owner: 3 } }, { title: 'New', owner: 3 }],
		['the text', { content: 'Read better' }, { content: 'Read better' }],
		['inbox tags', { removeInboxTags: true }, { remove_inbox_tags: true }],
		['all tags', { setTags: [1, 2] }, { tags: [1, 2] }],
		[
			'permissions',
			{ permissions: { view: { users: [3] } } },
			{ set_permissions: { view: { users: [3] } } },
		],
		['cleared fields', { clear: ['correspondent', 'tags'] }, { correspondent: null, tags: [] }],
		[
			'all custom fields',
			{ customFields: { 5: true }, replaceCustomFields: true },
			{ custom_fields: [{ field: 5, value: true }] },
		],
	])('patches %s', (_, changes, patch) => {
		expect(plan(changes)).toEqual({ patch, edits: [] });
	});

	it('prefers to clear a field that is also set', () => {
		expect(plan({ fields: { correspondent: 3 }, clear: ['correspondent'] }).patch).toEqual({
			correspondent: null,
		});
	});

	it('edits tags and custom fields one by one', () => {
		const { edits } = plan({ addTags: [1], customFields: { 5: true }, removeCustomFields: [6] });

		expect(edits).toEqual([
			{ method: 'modify_tags', parameters: { add_tags: [1], remove_tags: [] } },
			{
				method: 'modify_custom_fields',
				parameters: { add_custom_fields: { 5: true }, remove_custom_fields: [6] },
			},
		]);
	});

	it('does not remove a tag that it adds', () => {
		const [edit] = plan({ addTags: [1], removeTags: [1, 2] }).edits;

		expect(edit?.parameters).toEqual({ add_tags: [1], remove_tags: [2] });
	});

	it('without any change is rejected', () => {
		expect(() => plan({})).toThrow('There is nothing to update');
	});
});

describe('Equal plans', () => {
	const updates = (...plans: Array<Update['plan']>): Update[] =>
		plans.map((one, index) => ({ itemIndex: index, id: index + 10, plan: one }));
	const correspondent = plan({ fields: { correspondent: 3 }, clear: ['storage_path'] });
	const bulk = [
		{ method: 'set_correspondent', parameters: { correspondent: 3 } },
		{ method: 'set_storage_path', parameters: { storage_path: null } },
	];

	it('of several documents become bulk edits', () => {
		const shared = withSharedPlans(updates(correspondent, correspondent));

		expect(shared.map((update) => update.plan)).toEqual([
			{ patch: {}, edits: bulk },
			{ patch: {}, edits: bulk },
		]);
	});

	it('stay a patch if the server cannot change one of their fields in bulk', () => {
		const titled = plan({ fields: { correspondent: 3, title: 'New' } });

		expect(withSharedPlans(updates(titled, titled)).map((update) => update.plan)).toEqual([
			titled,
			titled,
		]);
	});

	it('do not affect the plan of a single document', () => {
		const other = plan({ fields: { correspondent: 4 } });

		const shared = withSharedPlans(updates(correspondent, other, correspondent));

		expect(shared.find(({ id }) => id === 11)?.plan).toEqual(other);
	});
});
