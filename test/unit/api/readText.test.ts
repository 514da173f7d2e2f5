import { Readable } from 'node:stream';
import { readText } from '../../../nodes/api/readText';

describe('The text of a stream', () => {
	it('is decoded across chunks', async () => {
		const [first, second] = [
			Buffer.from('Gebühr').subarray(0, 4),
			Buffer.from('Gebühr').subarray(4),
		];

		expect(await readText(Readable.from([first, second]))).toBe('Gebühr');
	});

	it('ends after a hundred thousand characters', async () => {
		const endless = function* () {
			for (;;) yield 'x'.repeat(60_000);
		};

		expect(await readText(Readable.from(endless()))).toHaveLength(120_000);
	});
});
