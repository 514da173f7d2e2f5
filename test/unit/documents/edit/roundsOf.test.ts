import { roundsOf } from '../../../../nodes/documents/edit/roundsOf';

describe('The rounds of edits', () => {
	it('keep the order of edits with one target and share the rest', () => {
		expect(roundsOf([[1], [2], [1], [1, 2], [3]])).toEqual([0, 0, 1, 2, 0]);
	});
});
