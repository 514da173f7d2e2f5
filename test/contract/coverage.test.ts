import { paperlessClient } from '../../nodes/api/paperlessClient';
import { coverage, problemOf, report } from './coverage/coverage.mts';
import { endpointAt, endpoints } from './coverage/endpoints.mts';
import { profiles } from '../support/sandbox.mts';
import { recordedAllowances } from '../support/recordings.mts';

const linesOf = (rows: Awaited<ReturnType<typeof coverage>>) => {
	const lines: string[] = [];
	const isFine = report(rows, (line) => lines.push(line));
	return { isFine, text: lines.join('\n') };
};

describe('The client', () => {
	it('asks every request that the servers take, or a reason says why not', async () => {
		const rows = await coverage(paperlessClient);

		expect(rows.filter((row) => problemOf(row) !== undefined)).toEqual([]);
		expect(linesOf(rows).text).toMatch(/3\.0\.5: \d{2,} of \d{3} requests covered, \d+ left out/);
	});

	it.each([
		['tags/', { leftOut: { GET: 'a reason' } }, 'covered, but listed as left out'],
		['token/', { leftOut: {} }, 'not asked of 2.15.3, 2.20.15, 3.0.5, and no reason is listed'],
		['trash/', { path: 'bin/' }, 'asked by the client, but in no list of what servers offer'],
	])('is called incomplete when the entry for %s is wrong', async (path, change, problem) => {
		const table = endpoints.map((one) => (one.path === path ? { ...one, ...change } : one));

		const { isFine, text } = linesOf(await coverage(paperlessClient, table));

		expect(isFine).toBe(false);
		expect(text).toContain(problem);
	});
});

describe.each(profiles)('The list of what Paperless-ngx %s offers', (profile) => {
	it('names the methods that the server names itself', () => {
		const allowances = recordedAllowances(profile);
		const different = allowances.filter(
			({ path, methods }) =>
				endpointAt(profile, path)?.methods.toSorted().join() !== methods.toSorted().join(),
		);

		expect(allowances.length).toBeGreaterThan(60);
		expect(different).toEqual([]);
	});
});
