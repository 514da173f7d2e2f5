import type { Failure } from '../../../nodes/events/throttleFailure';
import { throttleFailure } from '../../../nodes/events/throttleFailure';

const hour = 3_600_000;
const minute = 60_000;

/** The minutes at which a failure is reported that occurs at each of these minutes. */
function reportedAt(polls: Iterable<number>, messageAt: (minute: number) => string): number[] {
	const reported: number[] = [];
	let before: Failure | undefined;
	for (const at of polls) {
		const { isReported, failure } = throttleFailure(before, messageAt(at), at * minute);
		if (isReported) reported.push(at);
		before = failure;
	}
	return reported;
}

const everyMinute = (hours: number) => Array.from({ length: hours * 60 + 1 }, (_, at) => at);

describe('A failing server', () => {
	it('is reported once at first', () => {
		expect(reportedAt(everyMinute(0.9), () => 'down')).toEqual([0]);
	});

	it('is reported again after 1, 2, 4, 8 and 16 hours, then once per day', () => {
		const hours = reportedAt(everyMinute(104), () => 'down').map((at) => at / 60);

		expect(hours).toEqual([0, 1, 3, 7, 15, 31, 55, 79, 103]);
	});

	it('is reported at once when it fails in another way', () => {
		expect(reportedAt(everyMinute(0.5), (at) => (at < 10 ? 'down' : 'token refused'))).toEqual([
			0, 10,
		]);
	});

	it('is quiet for one hour again when it fails in another way, even after a long outage', () => {
		const reported = reportedAt(everyMinute(12), (at) => (at < 600 ? 'down' : 'token refused'));

		expect(reported.filter((at) => at >= 600)).toEqual([600, 660]);
	});

	it('is reported again at once if it worked in between', () => {
		const { failure } = throttleFailure(undefined, 'down', 0);
		const again = throttleFailure(undefined, 'down', minute);

		expect(throttleFailure(failure, 'down', minute).isReported).toBe(false);
		expect(again).toEqual({
			isReported: true,
			failure: { message: 'down', reportedAt: minute, quiet: hour },
		});
	});
});
