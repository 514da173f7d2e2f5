import { Sandbox } from '../support/sandbox.mts';
import { simulate } from '../support/simulation.mts';
import type { Outcome } from '../support/simulationOutcome.mts';
import {
	complaint,
	logTotals,
	profileFor,
	seeds,
	timeLimit,
} from '../support/simulationOutcome.mts';

describe.each([...new Set(seeds.map(profileFor))])('both triggers on %s', (profile) => {
	let sandbox: Sandbox;
	const outcomes: Outcome[] = [];

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => {
		await sandbox.close();
		logTotals(outcomes);
	});

	it.each(seeds.filter((seed) => profileFor(seed) === profile))(
		'report every event of a random history once (seed %i)',
		async (seed) => {
			const outcome = await simulate(sandbox, seed, profile);
			outcomes.push(outcome);

			expect(complaint(outcome)).toBe('');
			expect(outcome.expected).toBeGreaterThan(0);
		},
		timeLimit,
	);
});
