import { inOrder } from '../../../nodes/toolkit/inOrder';

/** Work that ends when it is released, and keeps what has begun. */
function heldWork() {
	const begun: string[] = [];
	const releases = new Map<string, () => void>();
	const work = async (name: string) => {
		begun.push(name);
		await new Promise<void>((resolve) => releases.set(name, resolve));
		return name.toUpperCase();
	};
	const release = async (name: string) => {
		releases.get(name)?.();
		for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
	};
	return { begun, release, work };
}

const firstLetter = (name: string) => name[0];

describe('inOrder', () => {
	it('runs what has equal keys one after the other, and the rest at the same time', async () => {
		const { begun, release, work } = heldWork();

		const results = inOrder(['a1', 'a2', 'b1', 'a3'], firstLetter, work, 4);
		await release('');
		const atFirst = [...begun];
		await release('a1');
		const then = [...begun];
		for (const name of ['b1', 'a2', 'a3']) await release(name);

		expect(atFirst).toEqual(['a1', 'b1']);
		expect(then).toEqual(['a1', 'b1', 'a2']);
		expect(await results).toEqual(['A1', 'A2', 'B1', 'A3']);
	});

	it('runs no more than allowed at the same time, and waiting for a key takes no place', async () => {
		const { begun, release, work } = heldWork();

		const results = inOrder(['a1', 'a2', 'b1', 'c1'], firstLetter, work, 2);
		await release('');
		const atFirst = [...begun];
		await release('b1');
		const then = [...begun];
		for (const name of ['a1', 'c1', 'a2']) await release(name);

		expect(atFirst).toEqual(['a1', 'b1']);
		expect(then).toEqual(['a1', 'b1', 'c1']);
		expect(await results).toEqual(['A1', 'A2', 'B1', 'C1']);
	});

	it('compares keys by their content and waits for nothing without a key', async () => {
		const { begun, release, work } = heldWork();
		const keyOf = (name: string) => (name.startsWith('free') ? undefined : { kind: 'note', id: 5 });

		const results = inOrder(['a', 'free1', 'b', 'free2'], keyOf, work, 4);
		await release('');
		const atFirst = [...begun];
		for (const name of ['a', 'free1', 'free2', 'b']) await release(name);

		expect(atFirst).toEqual(['a', 'free1', 'free2']);
		expect(await results).toEqual(['A', 'FREE1', 'B', 'FREE2']);
	});
});
