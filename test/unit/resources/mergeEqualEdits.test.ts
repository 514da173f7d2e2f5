import type { BulkEdit } from '../../../nodes/api/bulkEdit';
import { mergeEqualEdits } from '../../../nodes/PaperlessNgx/resources/documentBulk/mergeEqualEdits';

const correspondent = (id: number | null): BulkEdit => ({
	method: 'set_correspondent',
	parameters: { correspondent: id },
});
const reprocess: BulkEdit = { method: 'reprocess', parameters: {} };

describe('edits of several items', () => {
	it('become one edit of all their documents when they are equal', () => {
		expect(
			mergeEqualEdits([
				{ ids: [1], edit: correspondent(5) },
				{ ids: [2, 3], edit: correspondent(5) },
			]),
		).toEqual([{ ids: [1, 2, 3], edit: correspondent(5) }]);
	});

	it('stay separate when a value or the method differs', () => {
		const edits = [
			{ ids: [1], edit: correspondent(5) },
			{ ids: [2], edit: correspondent(null) },
			{ ids: [3], edit: reprocess },
		];

		expect(mergeEqualEdits(edits)).toEqual(edits);
	});

	it('keep the order in which they appear first', () => {
		expect(
			mergeEqualEdits([
				{ ids: [1], edit: reprocess },
				{ ids: [2], edit: correspondent(5) },
				{ ids: [3], edit: reprocess },
			]),
		).toEqual([
			{ ids: [1, 3], edit: reprocess },
			{ ids: [2], edit: correspondent(5) },
		]);
	});

	it('become no edit when there are none', () => {
		expect(mergeEqualEdits([])).toEqual([]);
	});
});
