import { asError, isPaperlessError } from '../api/errors';
import { until } from '../api/until';
import type { FoundDocument } from './lookUpDocument';
import { lookUpDocument } from './lookUpDocument';
import type { WebhookTriggerCall } from './webhookTriggerParameters';

/** Milliseconds. A server that restarts calls as soon as its workers are up, and answers later. */
const outage = { first: 1000, longest: 15_000, growth: 2, timeout: 120_000 };

const isAway = (thrown: unknown): boolean =>
	isPaperlessError(thrown, 'interrupted', 'unreachable') ||
	(isPaperlessError(thrown, 'unavailable') && thrown.status !== 500);

/** Looks up a document, again and again while the server does not answer: it does not repeat its call. */
export async function lookUpDespiteOutage(
	call: WebhookTriggerCall,
	id: number,
): Promise<FoundDocument | undefined> {
	const { api, now } = call.context;
	let failure: unknown;
	const look = async () => {
		try {
			return { document: await lookUpDocument(call, id) };
		} catch (thrown) {
			if (!isAway(thrown)) throw asError(thrown);
			failure = thrown;
			return undefined;
		}
	};
	const looked = await until({ wait: api.wait, now }, look, outage);
	if (looked === undefined) throw asError(failure);
	return looked.document;
}
