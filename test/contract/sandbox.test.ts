import { replay } from '../support/replay.mts';

describe('The sandbox', () => {
	it.each(['2.15.3', '2.20.15', '3.0.5'])(
		'answers every recorded request as Paperless-ngx %s did, or says why not',
		async (profile) => {
			const { code, said } = await replay(profile);

			expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
			expect(said).toMatch(/: [\d,]{4,} of [\d,]{4,} exchanges agree, \d+ listed/);
		},
		120_000,
	);
});
