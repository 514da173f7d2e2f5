import { intentOf } from '../../../../nodes/PaperlessNgx/resources/document/update/planUpdate';

type Resolved = Parameters<typeof intentOf>[0];

const intent = (changes: Partial<Resolved>) =>
	intentOf({
		fields: {},
		content: '',
		removeInboxTags: false,
		addTags: [],
		removeTags: [],
		setTags: [],
		customFields: { set: {}, skipped: {} },
		removeCustomFields: [],
		replaceCustomFields: false,
		customFieldChanges: {},
		permissions: undefined,
		clear: [],
		...changes,
	});

describe('The intent of an update', () => {
	it.each<[string, Partial<Resolved>, object]>([
		['fields', { fields: { title: 'New', owner: 3 } }, { values: { title: 'New', owner: 3 } }],
		['the text', { content: ' Read better\n' }, { content: 'Read better' }],
		['inbox tags', { removeInboxTags: true }, { tags: { removeInbox: true } }],
		['all tags', { setTags: [1, 2] }, { tags: { set: [1, 2] } }],
		['single tags', { addTags: [1], removeTags: [2] }, { tags: { add: [1], remove: [2] } }],
		[
			'permissions',
			{ permissions: { view: { users: [3] } } },
			{ permissions: { view: { users: [3] } } },
		],
		[
			'cleared fields',
			{ clear: ['correspondent', 'tags', 'set_permissions'] },
			{
				values: { correspondent: null },
				tags: { set: [] },
				permissions: { view: { users: [], groups: [] }, change: { users: [], groups: [] } },
			},
		],
		[
			'all custom fields',
			{ customFields: { set: { 5: true }, skipped: {} }, replaceCustomFields: true },
			{ customFields: { set: { 5: true }, replace: true } },
		],
	])('names %s', (_, changes, expected) => {
		expect(intent(changes)).toEqual(expected);
	});

	it.each<[string, Partial<Resolved>]>([
		['a field', { fields: { correspondent: 3 }, clear: ['correspondent'] }],
		['tags', { setTags: [3], clear: ['tags'] }],
		['added tags', { addTags: [3], clear: ['tags'] }],
		['the owner', { fields: { owner: 3 }, clear: ['owner'] }],
		['permissions', { permissions: { view: { users: [3] } }, clear: ['set_permissions'] }],
	])('is refused when it would set and clear %s', (_, changes) => {
		expect(() => intent(changes)).toThrow(/would be set and cleared/);
	});

	it('is refused when it would replace all custom fields with nothing', () => {
		expect(() => intent({ replaceCustomFields: true, setTags: [1] })).toThrow(
			'There are no custom fields to replace the others with',
		);
	});

	it.each<[string, Partial<Resolved>]>([
		['nothing', {}],
		['a text of blanks', { content: ' \n ' }],
	])('is refused when it holds %s', (_, changes) => {
		expect(() => intent(changes)).toThrow('There is nothing to update');
	});
});
