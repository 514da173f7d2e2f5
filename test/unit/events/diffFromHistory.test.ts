import { diffFromHistory } from '../../../nodes/events/diffFromHistory';
import type { Entry } from '../../../nodes/events/entrySchema';
import { actorsOf, isAllByUser } from '../../../nodes/events/entrySchema';
import { pictureOf } from '../../../nodes/events/picture';

const anna = { id: 3, username: 'anna' };
const ben = { id: 4, username: 'ben' };

let number = 0;
const entry = (changes: Record<string, unknown>, actor: Entry['actor'] = anna): Entry => ({
	id: (number += 1),
	timestamp: '2026-05-04T09:12:31.402817Z',
	action: 'update',
	changes,
	actor,
});

const now = pictureOf({
	id: 7,
	modified: '2026-05-04T09:12:31.402817Z',
	title: 'Bill',
	correspondent: 2,
	created: '2026-05-01T00:00:00Z',
	tags: [1],
	notes: [],
	custom_fields: [{ field: 5, value: 'EUR12.80' }],
});

const lookup = {
	tag: (name: string) => (name === 'Bills' ? 1 : name),
	customField: (name: string) => (name === 'Amount' ? 5 : name),
};

const diffOf = (...entries: Entry[]) => diffFromHistory(entries, now, lookup);

describe('The history of a document', () => {
	it('shows the way from the first value to the current one', () => {
		const diff = diffOf(
			entry({ title: ['Scan', 'Letter'] }),
			entry({ title: ['Letter', 'Bill'], created: ['2026-04-30', '2026-05-01'] }),
		);

		expect(diff.fields).toEqual({
			title: { from: 'Scan', to: 'Bill' },
			created: { from: '2026-04-30', to: '2026-05-01' },
		});
	});

	it('skips a value that was changed back', () => {
		expect(
			diffOf(entry({ title: ['Bill', 'Letter'] }), entry({ title: ['Letter', 'Bill'] })).fields,
		).toEqual({});
	});

	it.each([
		['texts, as a change of one document writes them', ['None', '2'], null],
		['numbers, as a bulk edit writes them', [1, 2], 1],
		['nothing in a bulk edit', [null, 2], null],
	])('reads %s', (_, pair, from) => {
		expect(diffOf(entry({ correspondent: pair })).fields).toEqual({
			correspondent: { from, to: 2 },
		});
	});

	it('resolves tags by name, and skips a tag that was added and removed', () => {
		const tags = (operation: string, ...objects: string[]) =>
			entry({ tags: { type: 'm2m', operation, objects } });

		expect(
			diffOf(tags('delete', 'Inbox'), tags('add', 'Bills', 'Later'), tags('delete', 'Later')).lists,
		).toEqual({ tags: { added: [1], removed: ['Inbox'] } });
	});

	it('is uncertain about the tags of a bulk edit, which does not record the earlier tags', () => {
		const diff = diffOf(entry({ tags: [1, [1, 2]] }));

		expect(diff.lists).toEqual({});
		expect(diff.uncertain).toEqual(['tags']);
	});

	it('knows the earlier value of a custom field only if the field was new', () => {
		const amount = { type: 'custom_field', field: 'Amount', value: 'EUR12.80' };

		expect(diffOf({ ...entry({ custom_fields: amount }), action: 'create' }).customFields).toEqual(
			new Map([[5, { from: null, to: 'EUR12.80' }]]),
		);
		expect(diffOf(entry({ custom_fields: amount })).customFields).toEqual(
			new Map([[5, { to: 'EUR12.80' }]]),
		);
	});

	it('shows notes by ID, and a changed text, a version and a restored document as facts', () => {
		const diff = diffOf(
			entry({ 'Note Added': ['None', 5] }, null),
			entry({ 'Note Deleted': [4, 'None'] }, null),
			entry({ content: ['a', 'b'] }),
			entry({ 'Version Added': ['None', 9] }),
			entry({ restored_at: ['None', '2026-05-04 09:12:31'] }, null),
		);

		expect(diff.lists).toEqual({ notes: { added: [5], removed: [4] } });
		expect(diff.facts).toEqual(['content', 'restored', 'versions']);
	});

	it('shows no change when a document was created or its file was moved', () => {
		const diff = diffOf(
			entry({ id: ['None', '7'], title: ['None', 'Scan'], content: ['None', 'a'] }, null),
			entry({ filename: ['None', '0000007.pdf'] }, null),
		);

		expect(diff).toMatchObject({ fields: {}, facts: [], uncertain: [] });
	});

	it('names each user once', () => {
		expect(actorsOf([entry({}), entry({}, ben), entry({}, null), entry({})])).toEqual([
			'anna',
			'ben',
		]);
	});
});

describe('That one user made all changes', () => {
	const byAnna = (entries: Entry[], changed: Parameters<typeof isAllByUser>[2] = []) =>
		isAllByUser(anna.id, entries, changed, (note) => (note === 5 ? anna.id : undefined));

	it('is certain when the history names this user and nobody else', () => {
		expect(byAnna([entry({ title: ['a', 'b'] })], ['title'])).toBe(true);
		expect(byAnna([entry({ title: ['a', 'b'] }), entry({}, ben)], ['title'])).toBe(false);
	});

	it('includes entries without a user, such as the values of a bulk edit', () => {
		const value = { custom_fields: { type: 'custom_field', field: 'Amount', value: '1' } };

		expect(
			byAnna([entry(value, null), entry({ custom_fields: [1, [2]] })], ['custom_fields']),
		).toBe(true);
	});

	it('is not certain when nobody is named, or a change has no entry', () => {
		expect(byAnna([])).toBe(false);
		expect(byAnna([entry({ title: ['a', 'b'] }, null)], ['title'])).toBe(false);
		expect(byAnna([entry({ title: ['a', 'b'] })], ['custom_fields', 'title'])).toBe(false);
	});

	it('is certain for a note by its author, and not for a deleted note', () => {
		expect(byAnna([entry({ 'Note Added': ['None', 5] }, null)], ['notes'])).toBe(true);
		expect(byAnna([entry({ 'Note Added': ['None', 6] }, null)], ['notes'])).toBe(false);
		expect(byAnna([entry({ 'Note Deleted': [5, 'None'] }, null)], ['notes'])).toBe(false);
	});
});
