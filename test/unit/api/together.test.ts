import { PaperlessError } from '../../../nodes/api/errors';
import { together } from '../../../nodes/api/together';

const error = (kind: 'invalid' | 'unavailable') => new PaperlessError(kind, 'No');

/** A server that rejects every request with one of these ids. */
function server(bad: readonly number[], kind: 'invalid' | 'unavailable' = 'invalid') {
	const requests: number[][] = [];
	const send = async (ids: number[]) => {
		requests.push(ids);
		if (ids.some((id) => bad.includes(id))) throw error(kind);
	};
	return { requests, send };
}

describe('One request for many ids', () => {
	it('suffices where the server accepts them all, each once', async () => {
		const { requests, send } = server([]);

		expect(await together([3, 4, 3], send)).toEqual(new Map());
		expect(requests).toEqual([[3, 4]]);
	});

	it('is followed by one request per id where the server rejects it', async () => {
		const { requests, send } = server([4]);

		expect(await together([3, 4, 5], send)).toEqual(new Map([[4, error('invalid')]]));
		expect(requests).toEqual([[3, 4, 5], [3], [4], [5]]);
	});

	it('is not taken apart where the ids are not the reason', async () => {
		const { requests, send } = server([4], 'unavailable');

		expect([...(await together([3, 4], send)).keys()]).toEqual([3, 4]);
		expect(requests).toHaveLength(1);
	});

	it('is not repeated for a single id, and not sent for none', async () => {
		const { requests, send } = server([4]);

		expect((await together([4], send)).size).toBe(1);
		expect((await together([], send)).size).toBe(0);
		expect(requests).toEqual([[4]]);
	});
});
