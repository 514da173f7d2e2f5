import { readText } from '../../../nodes/api/readText';

const streamOf = (chunks: AsyncIterable<unknown>) => chunks as unknown as NodeJS.ReadableStream;

describe('The text of a stream', () => {
	it('is decoded across chunks, without a mark of the byte order', async () => {
		const bytes = Buffer.from('\ufeffGebühr');
		const chunks = async function* () {
			yield bytes.subarray(0, 7);
			yield bytes.subarray(7);
		};

		const { text, isWhole } = await readText(streamOf(chunks()), 100);

		expect([text(), isWhole]).toEqual(['Gebühr', true]);
	});

	it('ends after its limit and closes the stream', async () => {
		let closed = false;
		const endless = async function* () {
			try {
				for (;;) yield 'x'.repeat(60_000);
			} finally {
				closed = true;
			}
		};

		const { text, isWhole } = await readText(streamOf(endless()), 100_000);

		expect(text()).toHaveLength(100_000);
		expect(isWhole).toBe(false);
		expect(closed).toBe(true);
	});

	it('is whole if it is exactly as long as the limit', async () => {
		const chunks = async function* () {
			yield 'abc';
		};

		const { text, isWhole } = await readText(streamOf(chunks()), 3);

		expect([text(), isWhole]).toEqual(['abc', true]);
	});
});
