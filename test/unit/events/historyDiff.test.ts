import type { Entry } from '../../../nodes/events/historyDiff';
import { actorsOf, changesIn, isAllBy } from '../../../nodes/events/historyDiff';
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

const directory = {
	tag: (name: string) => (name === 'Bills' ? 1 : name),
	customField: (name: string) => (name === 'Amount' ? 5 : name),
};

const changesOf = (...entries: Entry[]) => changesIn(entries, now, directory);

describe('What the history of a document tells', () => {
	it('goes from the first value to what the document is now', () => {
		const changes = changesOf(
			entry({ title: ['Scan', 'Letter'] }),
			entry({ title: ['Letter', 'Bill'], created: ['2026-04-30', '2026-05-01'] }),
		);

		expect(changes.steps).toEqual({
			title: { from: 'Scan', to: 'Bill' },
			created: { from: '2026-04-30', to: '2026-05-01' },
		});
	});

	it('leaves out what was changed back', () => {
		expect(
			changesOf(entry({ title: ['Bill', 'Letter'] }), entry({ title: ['Letter', 'Bill'] })).steps,
		).toEqual({});
	});

	it.each([
		['texts, as a change of one document writes them', ['None', '2'], null],
		['numbers, as a bulk edit writes them', [1, 2], 1],
		['nothing in a bulk edit', [null, 2], null],
	])('reads %s', (_, pair, from) => {
		expect(changesOf(entry({ correspondent: pair })).steps).toEqual({
			correspondent: { from, to: 2 },
		});
	});

	it('joins tags by name, and leaves out one that came and went', () => {
		const tags = (operation: string, ...objects: string[]) =>
			entry({ tags: { type: 'm2m', operation, objects } });

		expect(
			changesOf(tags('delete', 'Inbox'), tags('add', 'Bills', 'Later'), tags('delete', 'Later'))
				.sets,
		).toEqual({ tags: { added: [1], removed: ['Inbox'] } });
	});

	it('is uncertain about the tags of a bulk edit, which does not say what was there', () => {
		const changes = changesOf(entry({ tags: [1, [1, 2]] }));

		expect(changes.sets).toEqual({});
		expect(changes.uncertain).toEqual(['tags']);
	});

	it('knows the value of a custom field before only where it was new', () => {
		const amount = { type: 'custom_field', field: 'Amount', value: 'EUR12.80' };

		expect(
			changesOf({ ...entry({ custom_fields: amount }), action: 'create' }).customFields,
		).toEqual(new Map([[5, { from: null, to: 'EUR12.80' }]]));
		expect(changesOf(entry({ custom_fields: amount })).customFields).toEqual(
			new Map([[5, { to: 'EUR12.80' }]]),
		);
	});

	it('tells notes by their IDs, and a changed text, a version and the way out of the trash as such', () => {
		const changes = changesOf(
			entry({ 'Note Added': ['None', 5] }, null),
			entry({ 'Note Deleted': [4, 'None'] }, null),
			entry({ content: ['a', 'b'] }),
			entry({ 'Version Added': ['None', 9] }),
			entry({ restored_at: ['None', '2026-05-04 09:12:31'] }, null),
		);

		expect(changes.sets).toEqual({ notes: { added: [5], removed: [4] } });
		expect(changes.facts).toEqual(['content', 'restored', 'versions']);
	});

	it('is nothing where a document was made or its file was moved', () => {
		const changes = changesOf(
			entry({ id: ['None', '7'], title: ['None', 'Scan'], content: ['None', 'a'] }, null),
			entry({ filename: ['None', '0000007.pdf'] }, null),
		);

		expect(changes).toMatchObject({ steps: {}, facts: [], uncertain: [] });
	});

	it('names each who did something once', () => {
		expect(actorsOf([entry({}), entry({}, ben), entry({}, null), entry({})])).toEqual([
			'anna',
			'ben',
		]);
	});
});

describe('That one user did it all', () => {
	const byAnna = (entries: Entry[], changed: Parameters<typeof isAllBy>[2] = []) =>
		isAllBy(anna.id, entries, changed, (note) => (note === 5 ? anna.id : undefined));

	it('is known when the history names this user and nobody else', () => {
		expect(byAnna([entry({ title: ['a', 'b'] })], ['title'])).toBe(true);
		expect(byAnna([entry({ title: ['a', 'b'] }), entry({}, ben)], ['title'])).toBe(false);
	});

	it('covers what follows in nobody’s name, as the values of a bulk edit do', () => {
		const value = { custom_fields: { type: 'custom_field', field: 'Amount', value: '1' } };

		expect(
			byAnna([entry(value, null), entry({ custom_fields: [1, [2]] })], ['custom_fields']),
		).toBe(true);
	});

	it('is not known where nobody is named, or something changed of which nothing is told', () => {
		expect(byAnna([])).toBe(false);
		expect(byAnna([entry({ title: ['a', 'b'] }, null)], ['title'])).toBe(false);
		expect(byAnna([entry({ title: ['a', 'b'] })], ['custom_fields', 'title'])).toBe(false);
	});

	it('is known of a note by its author, and not of one that is gone', () => {
		expect(byAnna([entry({ 'Note Added': ['None', 5] }, null)], ['notes'])).toBe(true);
		expect(byAnna([entry({ 'Note Added': ['None', 6] }, null)], ['notes'])).toBe(false);
		expect(byAnna([entry({ 'Note Deleted': [5, 'None'] }, null)], ['notes'])).toBe(false);
	});
});
