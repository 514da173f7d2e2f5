import type { PeriodName } from '../../../nodes/toolkit/periods';
import { daysOf, lastDays } from '../../../nodes/toolkit/periods';

/** A Sunday. In Auckland it is Monday, the first of the month, already. */
const now = Date.parse('2024-03-31T12:00:00Z');
const inBerlin = { now, timeZone: 'Europe/Berlin' };

describe('A period around today', () => {
	it.each<[PeriodName, string, string]>([
		['today', '2024-03-31', '2024-03-31'],
		['yesterday', '2024-03-30', '2024-03-30'],
		['previousWeek', '2024-03-18', '2024-03-24'],
		['thisMonth', '2024-03-01', '2024-03-31'],
		['previousMonth', '2024-02-01', '2024-02-29'],
		['previousQuarter', '2023-10-01', '2023-12-31'],
		['thisYear', '2024-01-01', '2024-12-31'],
		['previousYear', '2023-01-01', '2023-12-31'],
	])('%s is from %s to %s', (name, first, last) => {
		expect(daysOf(name, inBerlin)).toEqual([first, last]);
	});

	it('is that of the time zone of the workflow', () => {
		const inAuckland = { now, timeZone: 'Pacific/Auckland' };

		expect(daysOf('previousMonth', inAuckland)).toEqual(['2024-03-01', '2024-03-31']);
		expect(daysOf('previousWeek', inAuckland)).toEqual(['2024-03-25', '2024-03-31']);
	});

	it('of the last days ends today', () => {
		expect(lastDays(7, inBerlin)).toEqual(['2024-03-24', '2024-03-31']);
		expect(lastDays(30, { now, timeZone: 'Pacific/Auckland' })).toEqual([
			'2024-03-02',
			'2024-04-01',
		]);
	});
});
