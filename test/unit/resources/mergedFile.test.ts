import {
	isMergeOfSome,
	leftOutOf,
	mergedFileName,
	namesAllDocuments,
} from '../../../nodes/PaperlessNgx/resources/pdf/mergedFile';

const many = Array.from({ length: 40 }, (_, index) => 100 + index);

describe('The name of a merged file', () => {
	it('holds the ids of the documents, as far as 100 characters go', () => {
		expect(mergedFileName([5, 2])).toBe('5_2_merged.pdf');
		expect(namesAllDocuments([5, 2])).toBe(true);
		expect(mergedFileName(many)).toHaveLength(100 + '_merged.pdf'.length);
		expect(namesAllDocuments(many)).toBe(false);
	});

	it.each([
		['5_merged.pdf', true],
		['2_merged.pdf', true],
		['5_2_merged.pdf', true],
		['5_7_merged.pdf', false],
		['5_rotated.pdf', false],
		['_merged.pdf', false],
		['letter.pdf', false],
	])('%s is that of a part of the merge: %s', (fileName, isPart) => {
		expect(isMergeOfSome(fileName, [5, 2])).toBe(isPart);
	});

	it('tells a part of a merge although it is cut within an id', () => {
		expect(isMergeOfSome(mergedFileName(many.slice(1)), many)).toBe(true);
	});

	it('shows which documents are missing', () => {
		expect(leftOutOf('15_17_merged.pdf', [15, 16, 17])).toEqual([16]);
	});
});
