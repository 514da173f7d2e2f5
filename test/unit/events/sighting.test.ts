import type { Sighting } from '../../../nodes/events/sighting';
import { unsettledOf, withLater } from '../../../nodes/events/sighting';

const minutes = 60_000;
const horizon = '2024-05-31T12:00:00.123456Z';

const sighting = (id: number, more: Partial<Sighting> = {}): Sighting => ({
	row: { id, modified: '2024-05-31T12:00:01.123456Z' },
	isNew: false,
	horizon,
	seenAt: 0,
	isFound: false,
	...more,
});

describe('A later sighting of a document', () => {
	const later = sighting(7, { horizon: '2024-05-31T12:09:00.123456Z', seenAt: minutes });

	it('takes the place of an earlier one, and leaves those of other documents', () => {
		const other = sighting(8);

		expect(withLater([sighting(7, { isFound: true }), other], [later])).toEqual({
			earlier: [other],
			later: [later],
		});
	});

	it('is that of a new document as long as the index has not found the document', () => {
		const joined = withLater([sighting(7, { isNew: true })], [later, later]).later;

		expect(joined.map(({ isNew }) => isNew)).toEqual([true, false]);
	});

	it('concerns all changes since the index found the document last', () => {
		expect(withLater([sighting(7)], [later]).later).toEqual([{ ...later, horizon }]);
	});
});

describe('What is not settled', () => {
	it('is asked about again for ten minutes', () => {
		const asked = [sighting(1), sighting(2, { seenAt: 5 * minutes })];

		expect(unsettledOf(asked, 9 * minutes).unsettled).toEqual(asked);
		expect(unsettledOf(asked, 11 * minutes).unsettled).toEqual([asked[1]]);
	});

	it('is the latest 10,000 of more changes, and the number of the others is known', () => {
		const asked = Array.from({ length: 10_003 }, (_, index) => sighting(index));

		expect(unsettledOf(asked, 0)).toEqual({ unsettled: asked.slice(3), surplus: 3 });
	});
});
