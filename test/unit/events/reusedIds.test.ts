import { cursorAt } from '../../../nodes/events/cursor';
import { RangeSet } from '../../../nodes/events/rangeSet';
import { reusedIds } from '../../../nodes/events/reusedIds';
import { microsecondsOf } from '../../../nodes/events/stamps';

const at = (minute: number) => `2026-05-04T10:${String(minute).padStart(2, '0')}:00.000000Z`;
const since = at(30);
const cursor = {
	...cursorAt(since, RangeSet.parse('1-9'), 0),
	recent: { 8: String(microsecondsOf(at(40))) },
};
const serverNow = microsecondsOf(at(50));

describe('an id that is used again', () => {
	it.each<[string, number, number | undefined, number[]]>([
		['shows by a document that was added after what was read', 7, 35, [7]],
		['is not that of a document that was added before', 7, 30, []],
		['is not that of a document that nobody has read', 10, 35, []],
		['is not that of a document that was read with a later stamp', 8, 35, []],
		['shows by a document that was added after its namesake was read', 8, 45, [8]],
		['cannot be told by a wrong clock', 7, 55, []],
		['cannot be told without the time of the addition', 7, undefined, []],
	])('%s', (_, id, added, reused) => {
		const row = { id, modified: at(46), added: added === undefined ? undefined : at(added) };

		expect(reusedIds(cursor, [row], since, { now: 0, serverNow })).toEqual(reused);
	});

	it('is not that of a document that was hidden at the start, and is shared now', () => {
		const row = { id: 7, modified: at(46), added: at(35) };
		const started = { ...cursor, startedAt: at(36) };

		expect(reusedIds(started, [row], since, { now: 0, serverNow })).toEqual([]);
	});
});
