import { atMost } from '../api/atMost';
import { isPaperlessError } from '../api/errors';
import type { Outcome } from './operation';

const lookupsAtOnce = 4;

/** The outcomes with the reasons that the server knows of errors. */
export async function explainOutcomes(
	outcomes: ReadonlyArray<Outcome | undefined>,
): Promise<Array<Outcome | undefined>> {
	const atOnce = atMost(lookupsAtOnce);
	return await Promise.all(
		outcomes.map((outcome) =>
			isPaperlessError(outcome) ? atOnce(() => outcome.explained()) : outcome,
		),
	);
}
