import { endpointAt } from './coverage/endpoints.mts';
import { profiles } from '../support/sandbox.mts';
import { recordedAllowances } from '../support/recordings.mts';

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
