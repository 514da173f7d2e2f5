import type { Changes, Wanted } from '../../../nodes/events/documentDiff';
import { isWanted, noChanges } from '../../../nodes/events/documentDiff';

const nothing: Wanted = { subjects: [], tagsAdded: [], tagsRemoved: [], customFields: [] };
const changes: Changes = {
	...noChanges,
	steps: { title: { from: 'a', to: 'b' } },
	sets: { tags: { added: [1], removed: [2] } },
	customFields: new Map([[5, { to: 'x' }]]),
};

describe('A change that is waited for', () => {
	it.each<[string, Partial<Wanted>, boolean]>([
		['nothing in particular', {}, true],
		['a field that changed', { subjects: ['owner', 'title'] }, true],
		['a field that did not', { subjects: ['owner'] }, false],
		['a tag that was added', { tagsAdded: [3, 1] }, true],
		['a tag that was removed', { tagsAdded: [2] }, false],
		['the removal of that tag', { tagsRemoved: [2] }, true],
		['a custom field that changed', { customFields: [5] }, true],
		['another custom field', { customFields: [6] }, false],
		['one condition of two', { customFields: [6], tagsAdded: [1] }, true],
	])('may be %s', (_, wanted, expected) => {
		expect(isWanted(changes, [1], { ...nothing, ...wanted })).toBe(expected);
	});

	it('is taken for granted where nobody knows, unless the document speaks against it', () => {
		const unknown: Changes = { ...noChanges, uncertain: ['tags'] };

		expect(isWanted(unknown, [1], { ...nothing, tagsAdded: [1] })).toBe(true);
		expect(isWanted(unknown, [], { ...nothing, tagsAdded: [1] })).toBe(false);
		expect(isWanted(unknown, [], { ...nothing, tagsRemoved: [1] })).toBe(true);
		expect(isWanted(unknown, [1], { ...nothing, tagsRemoved: [1] })).toBe(false);
		expect(isWanted(unknown, [1], { ...nothing, subjects: ['title'] })).toBe(false);
	});

	it('may be anything where nothing is known at all', () => {
		const unknown: Changes = { ...noChanges, uncertain: ['all'] };

		expect(isWanted(unknown, [], { ...nothing, subjects: ['title'] })).toBe(true);
		expect(isWanted(unknown, [], { ...nothing, customFields: [5] })).toBe(true);
	});
});
