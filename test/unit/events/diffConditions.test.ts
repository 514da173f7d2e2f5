import type { DiffConditions } from '../../../nodes/events/diffConditions';
import { meetsConditions } from '../../../nodes/events/diffConditions';
import type { DocumentDiff } from '../../../nodes/events/documentDiff';
import { emptyDiff } from '../../../nodes/events/documentDiff';

const none: DiffConditions = { subjects: [], addedTags: [], removedTags: [], customFields: [] };
const diff: DocumentDiff = {
	...emptyDiff,
	fields: { title: { from: 'a', to: 'b' } },
	lists: { tags: { added: [1], removed: [2] } },
	customFields: new Map([[5, { to: 'x' }]]),
};

describe('The conditions of an update', () => {
	it.each<[string, Partial<DiffConditions>, boolean]>([
		['no condition', {}, true],
		['a field that changed', { subjects: ['owner', 'title'] }, true],
		['a field that did not change', { subjects: ['owner'] }, false],
		['a tag that was added', { addedTags: [3, 1] }, true],
		['a tag that was removed', { addedTags: [2] }, false],
		['the removal of that tag', { removedTags: [2] }, true],
		['a custom field that changed', { customFields: [5] }, true],
		['another custom field', { customFields: [6] }, false],
		['one of two conditions', { customFields: [6], addedTags: [1] }, true],
	])('with %s', (_, conditions, expected) => {
		expect(meetsConditions(diff, [1], { ...none, ...conditions })).toBe(expected);
	});

	it('count as met by an uncertain change, unless the document contradicts them', () => {
		const unknown: DocumentDiff = { ...emptyDiff, uncertain: ['tags'] };

		expect(meetsConditions(unknown, [1], { ...none, addedTags: [1] })).toBe(true);
		expect(meetsConditions(unknown, [], { ...none, addedTags: [1] })).toBe(false);
		expect(meetsConditions(unknown, [], { ...none, removedTags: [1] })).toBe(true);
		expect(meetsConditions(unknown, [1], { ...none, removedTags: [1] })).toBe(false);
		expect(meetsConditions(unknown, [1], { ...none, subjects: ['title'] })).toBe(false);
	});

	it('are all met where nothing is known', () => {
		const unknown: DocumentDiff = { ...emptyDiff, uncertain: ['all'] };

		expect(meetsConditions(unknown, [], { ...none, subjects: ['title'] })).toBe(true);
		expect(meetsConditions(unknown, [], { ...none, customFields: [5] })).toBe(true);
	});
});
