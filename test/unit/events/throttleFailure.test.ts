import type { Failure } from '../../../nodes/events/throttleFailure';
import { report } from '../../../nodes/events/throttleFailure';

const hour = 3_600_000;
const minute = 60_000;

/** When, in minutes, a failure is told that is met at each of these minutes. */
function toldAt(polls: Iterable<number>, messageAt: (minute: number) => string): number[] {
	const told: number[] = [];
	let before: Failure | undefined;
	for (const at of polls) {
		const { tell, failure } = report(before, messageAt(at), at * minute);
		if (tell) told.push(at);
		before = failure;
	}
	return told;
}

const everyMinute = (hours: number) => Array.from({ length: hours * 60 + 1 }, (_, at) => at);

describe('A failing server', () => {
	it('is told once at first', () => {
		expect(toldAt(everyMinute(0.9), () => 'down')).toEqual([0]);
	});

	it('is told again after 1, 2, 4, 8 and 16 hours, then once a day', () => {
		const hours = toldAt(everyMinute(104), () => 'down').map((at) => at / 60);

		expect(hours).toEqual([0, 1, 3, 7, 15, 31, 55, 79, 103]);
	});

	it('that fails in another way is told at once', () => {
		expect(toldAt(everyMinute(0.5), (at) => (at < 10 ? 'down' : 'token refused'))).toEqual([0, 10]);
	});

	it('that fails in another way is kept quiet for an hour again, however long it failed', () => {
		const told = toldAt(everyMinute(12), (at) => (at < 600 ? 'down' : 'token refused'));

		expect(told.filter((at) => at >= 600)).toEqual([600, 660]);
	});

	it('that did not fail in between is told anew', () => {
		const { failure } = report(undefined, 'down', 0);
		const again = report(undefined, 'down', minute);

		expect(report(failure, 'down', minute).tell).toBe(false);
		expect(again).toEqual({
			tell: true,
			failure: { message: 'down', reportedAt: minute, quiet: hour },
		});
	});
});
