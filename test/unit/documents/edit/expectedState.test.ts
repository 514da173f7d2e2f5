import type { CustomField, Tag } from '../../../../nodes/api/schemas/named';
import {
	expectedCustomFields,
	expectedPermissions,
	expectedTags,
} from '../../../../nodes/documents/edit/expectedState';
import { TagTree } from '../../../../nodes/documents/edit/tagTree';

const tag = (id: number, parent: number | null, isInbox = false): Tag => ({
	id,
	name: `Tag ${id}`,
	parent,
	is_inbox_tag: isInbox,
});

/** 1 › 2 › 3, the inbox tag 4 › 5, and 6. */
const tree = new TagTree([
	tag(1, null),
	tag(2, 1),
	tag(3, 2),
	tag(4, null, true),
	tag(5, 4),
	tag(6, null),
]);
const flat = new TagTree([1, 2, 3, 4, 5, 6].map((id) => tag(id, null, id === 4)));
const sorted = (ids: readonly number[]) => [...ids].sort();

describe('The expected tags', () => {
	it.each<[string, number[], Parameters<typeof expectedTags>[1], number[], number[]]>([
		['a tag brings those above it', [6], { add: [3] }, [1, 2, 3, 6], [3, 6]],
		['a tag that goes takes those below it', [1, 2, 3, 6], { remove: [1] }, [6], [2, 3, 6]],
		['all tags are set with those above them', [1], { set: [2] }, [1, 2], [2]],
		['a tag below stays when its inbox tag goes', [4, 5], { removeInbox: true }, [5], [5]],
		['a tag that is there brings nothing', [3], { add: [3] }, [3], [3]],
		['a sibling is swapped', [1, 2], { add: [6], remove: [2] }, [1, 6], [1, 6]],
		['no tags are set', [1, 2], { set: [] }, [], []],
	])('are those of the server: %s', (_, before, intent, nested, plain) => {
		expect(sorted(expectedTags(before, intent, tree))).toEqual(nested);
		expect(sorted(expectedTags(before, intent, flat))).toEqual(plain);
	});
});

describe('The expected custom fields', () => {
	const field = (id: number, data_type: string): CustomField => ({ id, name: `F${id}`, data_type });
	const archive = {
		tagTree: tree,
		customFields: new Map([
			[1, field(1, 'string')],
			[2, field(2, 'documentlink')],
		]),
	};

	it('keep the other fields unless all are replaced', () => {
		const before = new Map<number, unknown>([
			[1, 'old'],
			[3, 5],
		]);
		const of = (intent: object) =>
			Object.fromEntries(expectedCustomFields(9, before, intent, archive, [9]));

		expect(of({ set: { 1: 'new' } })).toEqual({ 1: 'new', 3: 5 });
		expect(of({ remove: [3] })).toEqual({ 1: 'old' });
		expect(of({ set: { 1: 'new' }, replace: true })).toEqual({ 1: 'new' });
	});

	it('link documents of one edit to each other, and none to itself', () => {
		const of = (id: number) =>
			expectedCustomFields(id, new Map(), { set: { 2: [5, 6, 8] } }, archive, [5, 6, 7]).get(2);

		expect(sorted(of(5) as number[])).toEqual([6, 7, 8]);
		expect(sorted(of(6) as number[])).toEqual([5, 7, 8]);
		expect(sorted(of(7) as number[])).toEqual([5, 6, 8]);
	});
});

describe('The expected permissions', () => {
	const nobody = { users: [], groups: [] };

	it('let everybody see a document who may change it', () => {
		const before = { view: { users: [3], groups: [] }, change: { users: [3], groups: [] } };

		expect(expectedPermissions(before, { view: { users: [2] } })).toEqual({
			view: { users: [2, 3], groups: [] },
			change: { users: [3], groups: [] },
		});
		expect(expectedPermissions(before, { change: { groups: [7] } })).toEqual({
			view: { users: [3], groups: [7] },
			change: { users: [3], groups: [7] },
		});
	});

	it('add to the lists that are there when they are merged', () => {
		const before = { view: { users: [1], groups: [] }, change: nobody };

		expect(expectedPermissions(before, { view: { users: [2] }, merge: true })).toEqual({
			view: { users: [1, 2], groups: [] },
			change: nobody,
		});
	});
});
