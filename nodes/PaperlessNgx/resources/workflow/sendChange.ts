import { isReplyLost } from '../../../api/isReplyLost';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Workflow } from '../../../api/schemas/workflow';
import { untilUnlocked } from '../../../api/untilUnlocked';
import { withOutcome } from '../../../api/withOutcome';
import { attempt } from '../../../toolkit/attempt';
import type { Json } from '../../../toolkit/operation';
import { differences } from './differences';

/** What a change that was not completed has left behind. */
function outcomeOf(before: Workflow, now: Workflow, asked: Json): string {
	const missing = differences(asked, now);
	const isUnchanged =
		differences(before, now).length === 0 && differences(now, before).length === 0;
	const state = `The workflow “${now.name}” (ID ${now.id}) is switched ${now.enabled === false ? 'off' : 'on'}`;
	return isUnchanged
		? `${state} and unchanged. Try again.`
		: `${state} and changed in part. Not as asked: ${missing.join(', ')}. Try again, which changes the rest.`;
}

/**
 * Sends a change. The server saves the fields of a workflow and each of its parts one after the other,
 * and may crash in between (docs/paperless-api.md#unfinished-workflows). Then the change is sent until
 * it is complete; the error says what the workflow is like.
 */
export async function sendChange(
	api: PaperlessClient,
	before: Workflow,
	asked: Json,
): Promise<Workflow> {
	const { workflows } = api;
	const look = () => attempt(() => workflows.get(before.id));
	const send = async () => {
		const sent = await attempt(() => workflows.update(before.id, asked));
		if (!(sent instanceof Error)) return sent;
		const now = isReplyLost(sent) ? await look() : sent;
		if (now instanceof Error || differences(asked, now).length > 0) throw sent;
		return now;
	};
	const sent = await attempt(() => untilUnlocked(api, send));
	if (!(sent instanceof Error)) return sent;
	if (!isReplyLost(sent)) throw sent;
	const now = await look();
	throw now instanceof Error ? sent : withOutcome(sent, outcomeOf(before, now, asked));
}
