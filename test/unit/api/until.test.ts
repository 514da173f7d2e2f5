import { until } from '../../../nodes/api/until';

/** A clock that moves only while somebody waits. */
function start() {
	const pauses: number[] = [];
	const now = () => pauses.reduce((sum, pause) => sum + pause, 0);
	const wait = async (milliseconds: number) => {
		pauses.push(milliseconds);
	};
	return { pauses, clock: { now, wait } };
}

const pace = { first: 100, longest: 200, timeout: 1000 };

describe('Looking until there is something', () => {
	it('returns at once what the first look sees', async () => {
		const { pauses, clock } = start();

		expect(await until(clock, async () => 'done', pace)).toBe('done');
		expect(pauses).toEqual([]);
	});

	it('pauses longer each time, up to the longest pause', async () => {
		const { pauses, clock } = start();

		await until(clock, async () => (pauses.length === 4 ? 'done' : undefined), pace);

		expect(pauses).toEqual([100, 150, 200, 200]);
	});

	it('looks a last time at the end of the timeout', async () => {
		const { pauses, clock } = start();
		let looks = 0;
		const look = async () => {
			looks += 1;
			return undefined;
		};

		expect(await until(clock, look, { ...pace, timeout: 300 })).toBeUndefined();
		expect(pauses).toEqual([100, 150, 50]);
		expect(looks).toBe(4);
	});

	it('looks once without a timeout', async () => {
		const { pauses, clock } = start();

		expect(await until(clock, async () => undefined, { ...pace, timeout: 0 })).toBeUndefined();
		expect(pauses).toEqual([]);
	});
});
