import { isPaperlessError } from '../../../../api/errors';
import type { PaperlessClient } from '../../../../api/paperlessClient';
import { editTogether } from '../../../../documents/editTogether';
import { groupBy } from '../../../../toolkit/groupBy';
import type { Update, UpdatePlan } from './planUpdate';

/** The error, with what the update had changed before it. */
function afterSteps(error: Error, { patch, edits }: UpdatePlan, steps: number): Error {
	const done = [...Object.keys(patch), ...edits.slice(0, steps).map(({ method }) => method)];
	return done.length > 0 && isPaperlessError(error)
		? error.adding(`Already changed: ${done.join(', ')}.`)
		: error;
}

/**
 * Sends the edits of all updates step by step, equal edits of several documents as one. Returns
 * the updates that were refused, by the index of their item.
 */
export async function editShared(
	api: PaperlessClient,
	updates: readonly Update[],
): Promise<Map<number, Error>> {
	const refusals = new Map<number, Error>();
	const steps = Math.max(0, ...updates.map(({ plan }) => plan.edits.length));
	for (let step = 0; step < steps; step += 1) {
		const pending = updates.flatMap((update) => {
			const edit = refusals.has(update.itemIndex) ? undefined : update.plan.edits[step];
			return edit === undefined ? [] : [{ update, edit }];
		});
		for (const group of groupBy(pending, ({ edit }) => edit)) {
			const ids = group.map(({ update }) => update.id);
			const refused = await editTogether(api, ids, group[0].edit);
			for (const { update } of group) {
				const error = refused.get(update.id);
				if (error) refusals.set(update.itemIndex, afterSteps(error, update.plan, step));
			}
		}
	}
	return refusals;
}
