import { atMost } from '../../../nodes/api/atMost';

/** Works that end when they are told to. */
function works(count: number) {
	const started: number[] = [];
	const ends: Array<() => void> = [];
	const all = Array.from({ length: count }, (_, index) => async () => {
		started.push(index);
		await new Promise<void>((end) => {
			ends[index] = end;
		});
		return index;
	});
	return { all, started, end: (index: number) => ends[index]?.() };
}

const settled = async () => {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('atMost', () => {
	it('starts no more than so many, the others in their order, and returns what each returned', async () => {
		const { all, started, end } = works(4);
		const limit = atMost(2);
		const results = all.map((work) => limit(work));

		await settled();
		expect(started).toEqual([0, 1]);
		end(1);
		await settled();
		expect(started).toEqual([0, 1, 2]);
		[0, 2].forEach(end);
		await settled();
		end(3);

		await expect(Promise.all(results)).resolves.toEqual([0, 1, 2, 3]);
	});

	it('goes on after a work that failed, and fails only there', async () => {
		const limit = atMost(1);
		const thrown = new Error('no');

		const results = await Promise.allSettled([
			limit(async () => await Promise.reject<string>(thrown)),
			limit(async () => 'after'),
		]);

		expect(results).toEqual([
			{ status: 'rejected', reason: thrown },
			{ status: 'fulfilled', value: 'after' },
		]);
	});
});
