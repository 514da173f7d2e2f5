import { instant, plainDate } from '../../../nodes/toolkit/dates';

describe('A plain date', () => {
	it.each([
		['2024-05-31', '2024-05-31'],
		[' 2024-05-31 ', '2024-05-31'],
		['2024-05-31T23:59:00', '2024-05-31'],
		['2024-05-31T00:30:00+02:00', '2024-05-31'],
		['2024-05-31T23:30:00.000-08:00', '2024-05-31'],
		['2024-W22-5', '2024-05-31'],
		['20240531', '2024-05-31'],
	])('written as %s stays %s, whatever the time zone', (written, date) => {
		expect(plainDate(written, 'Created')).toBe(date);
	});

	it.each(['', 'soon', '31.05.2024', '2024-13-01', '2024-02-30'])(
		'written as “%s” is rejected with the label of the field',
		(written) => {
			expect(() => plainDate(written, 'Created')).toThrow('“Created” is not a date');
		},
	);
});

describe('An instant', () => {
	it.each([
		['2024-05-31T12:00:00', 'Europe/Berlin', '2024-05-31T10:00:00.000Z'],
		['2024-05-31T12:00:00', 'America/New_York', '2024-05-31T16:00:00.000Z'],
		['2024-05-31T12:00:00+05:00', 'Europe/Berlin', '2024-05-31T07:00:00.000Z'],
		['2024-05-31T12:00:00Z', 'Europe/Berlin', '2024-05-31T12:00:00.000Z'],
		['2024-05-31', 'Europe/Berlin', '2024-05-30T22:00:00.000Z'],
	])('%s in a workflow of %s is %s', (written, zone, utc) => {
		expect(instant(written, 'Added', zone)).toBe(utc);
	});

	it('is sent without a plus sign, which a URL would turn into a blank', () => {
		expect(instant('2024-05-31T12:00:00+05:00', 'Added', 'UTC')).not.toContain('+');
	});

	it('that cannot be parsed is rejected with the label of the field', () => {
		expect(() => instant('soon', 'Added', 'UTC')).toThrow('“Added” is not a date');
	});
});
