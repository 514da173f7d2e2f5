import { each } from '../../../api/together';
import { attempt } from '../../../toolkit/attempt';
import { defineOperation } from '../../../toolkit/operation';
import { deleteChosen } from '../capabilities/deleteChosen';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
import { requireOwn, triggerOptions } from './isOfTrigger';
import { workflows } from './workflows';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete workflow',
	description: 'Delete a workflow permanently, with its triggers and actions',
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		locatorParameter(workflows),
		deletionNotice(
			'Deleting a workflow cannot be undone. Get returns it as JSON, which Create takes.',
		),
		dryDeletionParameter,
		triggerOptions,
	],
	async executeAll(context, calls) {
		const { workflows: collection } = context.api;
		const chosen = await Promise.all(
			calls.map(({ values }) =>
				attempt(async () => {
					const row = await chosenRow(context, workflows, values);
					requireOwn(row, values.options);
					return { row, dryRun: values.dryRun };
				}),
			),
		);
		return await deleteChosen(context, workflows, chosen, {
			send: (ids) => each(ids, (id) => collection.delete(id)),
		});
	},
});
