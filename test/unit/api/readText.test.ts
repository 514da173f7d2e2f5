import { readText } from '../../../nodes/api/readText';

const streamOf = (chunks: AsyncIterable<unknown>) => chunks as unknown as NodeJS.ReadableStream;

describe('The text of a stream', () => {
	it('is decoded across chunks', async () => {
		const bytes = Buffer.from('Gebühr');
		const chunks = async function* () {
			yield bytes.subarray(0, 4);
			yield bytes.subarray(4);
		};

		expect(await readText(streamOf(chunks()))).toBe('Gebühr');
	});

	it('ends after a hundred thousand characters', async () => {
		const endless = async function* () {
			for (;;) yield 'x'.repeat(60_000);
		};

		expect(await readText(streamOf(endless()))).toHaveLength(120_000);
	});
});
