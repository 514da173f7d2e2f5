import { stages } from '../../../../nodes/PaperlessNgx/resources/document/stages';

const piece = (itemIndex: number, value: string) => ({ itemIndex, value });

describe('Work in stages', () => {
	it('passes the results of a stage on in their order', async () => {
		const { stage, failures } = stages(2);
		const pieces = [piece(0, 'a'), piece(1, 'b'), piece(2, 'c')];

		const results = await stage(pieces, async ({ value }) => [value, value]);

		expect(results).toEqual([
			['a', 'a'],
			['b', 'b'],
			['c', 'c'],
		]);
		expect(failures.size).toBe(0);
	});

	it('leaves out pieces that fail, and keeps the first error of each item', async () => {
		const { stage, failures } = stages(1);
		const pieces = [piece(0, 'a'), piece(1, 'b'), piece(1, 'c')];

		const results = await stage(pieces, async ({ itemIndex, value }) => {
			if (itemIndex === 1) throw new Error(`No ${value}`);
			return value;
		});

		expect(results).toEqual(['a']);
		expect([...failures]).toEqual([[1, new Error('No b')]]);
	});

	it('limits the pieces that are under way together', async () => {
		const { stage } = stages(2);
		const pieces = ['a', 'b', 'c', 'd', 'e'].map((value, index) => piece(index, value));
		let underWay = 0;
		let most = 0;

		await stage(pieces, async ({ value }) => {
			most = Math.max(most, (underWay += 1));
			await Promise.resolve(value);
			underWay -= 1;
		});

		expect(most).toBe(2);
	});
});
