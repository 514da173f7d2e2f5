import { microsecondsOf, stampOf } from '../../../nodes/events/stamps';

describe('A time stamp of the server', () => {
	it.each([
		['1970-01-01T00:00:01.000002Z', 1_000_002n],
		['2024-05-31T12:00:00.123456Z', 1_717_156_800_123_456n],
		['2024-05-31T14:00:00.123456+02:00', 1_717_156_800_123_456n],
		['2024-05-31T14:00:00.123456+0200', 1_717_156_800_123_456n],
		['2024-05-31T03:30:00.123456-08:30', 1_717_156_800_123_456n],
		['2024-05-31T12:00:00Z', 1_717_156_800_000_000n],
		['2024-05-31T14:00:00+02:00', 1_717_156_800_000_000n],
		['2024-05-31T12:00:00.5Z', 1_717_156_800_500_000n],
		['2024-05-31T12:00:00', 1_717_156_800_000_000n],
	])('%s keeps its microseconds when it is read', (stamp, microseconds) => {
		expect(microsecondsOf(stamp)).toBe(microseconds);
	});

	it.each([
		'2024-05-31T12:00:00.123456Z',
		'2024-05-31T12:00:00.000001Z',
		'2024-05-31T12:00:00.999999Z',
		'1970-01-01T00:00:00.000000Z',
		'1969-12-31T23:59:59.999999Z',
	])('%s is written as it was read', (stamp) => {
		expect(stampOf(microsecondsOf(stamp))).toBe(stamp);
	});

	it('is not cut to milliseconds, which would find its document again', () => {
		const stamp = '2024-05-31T12:00:00.123456Z';

		expect(microsecondsOf(stamp)).toBeGreaterThan(microsecondsOf(new Date(stamp).toISOString()));
	});

	it('is written without a plus sign, which a URL would turn into a space', () => {
		expect(stampOf(microsecondsOf('2024-05-31T14:00:00.123456+02:00'))).toBe(
			'2024-05-31T12:00:00.123456Z',
		);
	});

	it.each([
		'',
		'undefined',
		'soon',
		'2024-05-31',
		'31.05.2024T12:00:00Z',
		'2024-13-01T12:00:00Z',
		'2024-05-31T12:00:00Zulu',
		'1717156800',
	])('is not “%s”', (rubbish) => {
		expect(() => microsecondsOf(rubbish)).toThrow('is not a time stamp');
	});
});
