import { DateTime } from 'luxon';
import { instant, plainDate } from '../../../nodes/toolkit/dates';

describe('A plain date', () => {
	it.each([
		['2024-05-31', '2024-05-31'],
		[' 2024-05-31 ', '2024-05-31'],
		['2024-05-31T23:59:00', '2024-05-31'],
		['2024-05-31T00:30:00+02:00', '2024-05-31'],
		['2024-05-31T23:30:00.000-08:00', '2024-05-31'],
		['2024-05-31 23:30:00+02', '2024-05-31'],
		['2024-05-31 23:30', '2024-05-31'],
		['20240531', '2024-05-31'],
	])('written as %s stays %s, whatever the time zone', (written, date) => {
		for (const zone of ['America/New_York', 'Pacific/Auckland'])
			expect(plainDate(written, 'Created', zone)).toBe(date);
	});

	it.each([
		['text in UTC', '2025-06-29T03:30:00.000Z'],
		['a JavaScript date', new Date('2025-06-29T03:30:00.000Z')],
		['milliseconds', Date.parse('2025-06-29T03:30:00.000Z')],
		['milliseconds as text', String(Date.parse('2025-06-29T03:30:00.000Z'))],
		['a luxon date of UTC', DateTime.fromISO('2025-06-29T03:30:00.000Z', { zone: 'utc' })],
	])('from an instant, as %s, is the day in the workflow’s time zone', (_, given) => {
		expect(plainDate(given, 'Created', 'America/New_York')).toBe('2025-06-28');
		expect(plainDate(given, 'Created', 'Europe/Berlin')).toBe('2025-06-29');
	});

	it('from a luxon date is the day in the zone of that date', () => {
		const given = DateTime.fromISO('2025-06-29T23:30:00', { zone: 'Europe/Berlin' });

		expect(plainDate(given, 'Created', 'America/New_York')).toBe('2025-06-29');
	});

	it.each([
		'',
		'soon',
		'31.05.2024',
		'2024-13-01',
		'2024-02-30',
		'12:00',
		'20:15:30',
		'20',
		'24',
		'12-05',
		'1215',
		'2024',
		'2024-05',
		'202405',
		'2024-W22-5',
		'2024-152',
		'2024152',
		'1717113600',
		'0000-01-01',
		'T12:00',
		20,
		2024,
		new Date(Number.NaN),
		{},
	])('written as “%s” is rejected with the label of the field', (written) => {
		expect(() => plainDate(written, 'Created', 'UTC')).toThrow('“Created” is not a date');
	});

	it('that is rejected names the forms that are accepted', () => {
		try {
			plainDate('12:00', 'Created', 'UTC');
		} catch (thrown) {
			expect(thrown).toMatchObject({
				description: expect.stringMatching(
					/^Received “12:00”\. Write it as 2024-05-31.*milliseconds/,
				),
			});
		}
		expect.assertions(1);
	});
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

	it.each(['12:00', '20', '2024'])('is not made from the bit %s', (written) => {
		expect(() => instant(written, 'Added', 'UTC')).toThrow('“Added” is not a date');
	});

	it('that cannot be parsed is rejected with the label of the field', () => {
		expect(() => instant('soon', 'Added', 'UTC')).toThrow('“Added” is not a date');
	});
});
