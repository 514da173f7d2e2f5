import { describeChanges } from '../../../../documents/describeChanges';
import type { Context, Outcome } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import { stages } from '../stages';
import { editShared } from './editShared';
import type { Update } from './planUpdate';
import { planUpdate } from './planUpdate';
import { updateParameters } from './updateParameters';
import { withSharedPlans } from './withSharedPlans';

const updatesAtOnce = 4;

async function patchDocument({ api }: Context, update: Update): Promise<Update> {
	const { patch } = update.plan;
	if (Object.keys(patch).length > 0) await api.documents.update(update.id, patch);
	return update;
}

async function reportOf(context: Context, { id, plan }: Update): Promise<Outcome> {
	const edits = plan.edits.map(({ parameters }) => parameters);
	const entries = [plan.patch, ...edits].flatMap((part) => Object.entries(part));
	const changes = await describeChanges(context, Object.fromEntries(entries));
	return [{ json: { id, updated: true, changes } }];
}

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update document',
	description: 'Change fields, tags, custom fields or permissions of a document',
	access: 'write',
	parameters: updateParameters,
	async executeAll(context, calls) {
		const { stage, failures } = stages(updatesAtOnce);
		const planned = await stage(calls, (call) => planUpdate(context, call));
		const patched = await stage(withSharedPlans(planned), (one) => patchDocument(context, one));
		const refusals = await editShared(context.api, patched);
		const updates = new Map(patched.map((one) => [one.itemIndex, one]));
		return await Promise.all(
			calls.map(async ({ itemIndex }): Promise<Outcome> => {
				const one = updates.get(itemIndex);
				const error = failures.get(itemIndex) ?? refusals.get(itemIndex);
				return error ?? (one ? await reportOf(context, one) : []);
			}),
		);
	},
});
