import type { Cursor } from '../../../nodes/events/cursor';
import { cursorAt } from '../../../nodes/events/cursor';
import { readRows } from '../../../nodes/events/readRows';
import { settle } from '../../../nodes/events/settle';
import { stampOf } from '../../../nodes/events/stamps';
import { RangeSet } from '../../../nodes/events/rangeSet';
import type { TriggerState } from '../../../nodes/events/triggerState';
import { parseState } from '../../../nodes/events/triggerState';

const state: TriggerState = {
	version: 1,
	scope: 'here',
	cursor: cursorAt('2024-05-31T12:00:00.123456Z', RangeSet.parse('1-7'), 5),
	inbox: '1-3,7',
	matching: { ids: '2,5-6', comparedAt: 5 },
	watched: { newVersionAvailable: { version: '3.0.5', askedAt: 5 } },
};

const saved = (value: object): unknown => JSON.parse(JSON.stringify(value));

describe('The state of a trigger', () => {
	it.each([undefined, null])('is missing when n8n has %s', (stored) => {
		expect(parseState(stored, 'here')).toEqual({ kind: 'missing' });
	});

	it('survives n8n’s database unchanged', () => {
		expect(parseState(saved(state), 'here')).toEqual({ kind: 'valid', state });
	});

	it('is foreign when it was saved for another server, other events or other filters', () => {
		expect(parseState(saved(state), 'elsewhere')).toEqual({ kind: 'foreign' });
	});

	it.each([
		['text', 'state'],
		['a number', 7],
		['empty', {}],
		['of another version', { ...state, version: 2 }],
		['without its scope', { ...state, scope: undefined }],
		['with words for ids', { ...state, inbox: 'all' }],
		['with a negative id', { ...state, inbox: '-4000000000' }],
		['with half a range', { ...state, inbox: '1-3,7-' }],
		['with half a cursor', { ...state, cursor: { horizon: '2024-05-31T12:00:00Z' } }],
		['with words for known ids', { ...state, cursor: { ...state.cursor, known: 'all' } }],
	])('is unreadable when it is %s', (_, stored) => {
		expect(parseState(stored, 'here')).toEqual({ kind: 'unreadable' });
	});

	it('needs no cursor when only releases are watched', () => {
		const { cursor, inbox, ...releases } = state;

		expect([cursor, inbox]).not.toContain(undefined);
		expect(parseState(saved(releases), 'here')).toEqual({ kind: 'valid', state: releases });
	});

	const after = (count: number, microsecondsApart: number): Cursor => {
		const rows = Array.from({ length: count }, (_, index) => ({
			id: 500 + index,
			modified: stampOf(1_717_156_800_123_456n + BigInt(index * microsecondsApart)),
		}));
		const start = cursorAt('2024-05-31T11:00:00Z', RangeSet.parse('1-499'), 0);
		return readRows(start, rows, { now: 0 }).cursor;
	};
	const sizeOf = (cursor: Cursor) => JSON.stringify({ ...state, cursor, inbox: '1-10499' }).length;

	it('is below 32 kB after 10,000 documents at one per second', () => {
		expect(sizeOf(after(10_000, 1_000_000))).toBeLessThan(32_768);
	});

	it('is below 500 bytes once 10,000 simultaneous documents are settled', () => {
		expect(sizeOf(settle(after(10_000, 10), { now: 901_000 }))).toBeLessThan(500);
	});
});
