import { asError } from '../../../../api/errors';
import { editDocuments } from '../../../../documents/edit/editDocuments';
import { presentSkipped } from '../../../../documents/encodeCustomFields';
import { PlannedNames } from '../../../../documents/edit/plannedNames';
import type { Outcome } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import { stages } from '../stages';
import { planUpdate } from './planUpdate';
import { updateParameters } from './updateParameters';

const plansAtOnce = 4;

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update document',
	description: 'Change fields, tags, custom fields or permissions of a document',
	builderHint:
		'For one document per input item. Tags, correspondents, types and custom fields are set by name; Create If Missing creates names that do not exist.',
	access: 'write',
	parameters: updateParameters,
	async executeAll(context, calls) {
		const names = new PlannedNames(context.names);
		const { stage, failures } = stages(context.itemsAtOnce ?? plansAtOnce);
		const updates = await stage(calls, (call) => planUpdate(context, names, call));
		const edits = updates.map(({ id, intent }) => ({ ids: [id], intent }));
		const results = await editDocuments(context, edits, names).catch(asError);
		const outcomes = new Map(
			updates.map(({ itemIndex, id, intent }, at): [number, Outcome] => {
				const report = results instanceof Error ? results : results[at]?.get(id);
				if (report === undefined || report instanceof Error) return [itemIndex, report ?? []];
				const { changes } = report;
				const updated = Object.keys(changes).length > 0;
				const skipped = presentSkipped(intent.customFields?.skipped);
				return [itemIndex, [{ json: { id, updated, changes, ...skipped } }]];
			}),
		);
		return calls.map(({ itemIndex }) => failures.get(itemIndex) ?? outcomes.get(itemIndex) ?? []);
	},
});
