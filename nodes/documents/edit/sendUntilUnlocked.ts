import { asError } from '../../api/errors';
import { mayBeLocked } from '../../api/mayBeLocked';
import type { PaperlessClient } from '../../api/paperlessClient';
import { lockPauses } from '../../api/untilUnlocked';
import type { Change } from './changePlan';
import { differenceBetween } from './difference';
import type { DocumentState } from './documentState';
import type { Archive } from './expectedState';
import { expectedState } from './expectedState';
import type { Sent } from './sendChanges';
import { sendAlone, sendChanges } from './sendChanges';

/** Where that many are refused in a row, the next ones would be refused as well. */
const refusalsInARow = 3;

/** What a document still lacks of a change that was refused, or `undefined` where it lacks nothing. */
function remainder(change: Change, before: DocumentState, archive: Archive): Change | undefined {
	const { id, intent, expected: first } = change;
	const expected = {
		...expectedState(id, before, intent, archive, [id]),
		// A number that has been incremented is not incremented again.
		...(first.customFields && { customFields: first.customFields }),
	};
	const difference = differenceBetween(before, expected, intent, archive);
	return difference && { ...change, before, expected, difference };
}

/**
 * Makes changes, each of another document. What the server did not complete is sent again, one after
 * the other: each attempt looks at the document first, and sends what is missing.
 */
export async function sendUntilUnlocked(
	api: PaperlessClient,
	changes: readonly Change[],
	archive: Archive,
	look: (ids: readonly number[]) => Promise<ReadonlyMap<number, DocumentState>>,
): Promise<ReadonlyMap<number, Sent>> {
	const outcomes = await sendChanges(api, changes, archive);
	for (const pause of lockPauses) {
		const refused = changes.filter(({ id }) => mayBeLocked(outcomes.get(id)?.refusal));
		if (refused.length === 0) break;
		await api.wait(pause);
		const states = await look(refused.map(({ id }) => id)).catch(asError);
		if (states instanceof Error) break;
		let inARow = 0;
		for (const change of refused) {
			const now = states.get(change.id);
			if (now === undefined) continue;
			if (inARow === refusalsInARow) break;
			const rest = remainder(change, now, archive);
			const sent = rest ? await sendAlone(api, rest, archive) : {};
			outcomes.set(change.id, sent.refusal ? { ...sent, isPartial: true } : sent);
			inARow = sent.refusal ? inARow + 1 : 0;
		}
	}
	return outcomes;
}
