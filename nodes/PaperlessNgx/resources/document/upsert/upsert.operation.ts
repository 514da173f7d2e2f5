import { PaperlessError } from '../../../../api/errors';
import { PlannedNames } from '../../../../documents/edit/plannedNames';
import type { Context, ItemCall, Output } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import { oneFileParameters } from '../../shared/inputParameters';
import type { IdentifyingFields, PlannedUpload } from '../upload/planUploads';
import { planUploads } from '../upload/planUploads';
import { runUploads } from '../upload/runUploads';
import { defaultTimeout } from '../upload/waitForConsumption';
import type { UploadValues } from '../upload/uploadParameters';
import { documentWishes } from '../upload/uploadParameters';
import { documentKey, fieldsOfKey } from './documentKey';
import { findByKey } from './findByKey';
import { keyParameters } from './keyParameters';
import { documentOfEarlierItem, rememberPending } from './documentOfEarlierItem';
import { updateExisting } from './updateExisting';

async function planOne(
	context: Context,
	call: ItemCall<UploadValues>,
	identifying: IdentifyingFields,
): Promise<PlannedUpload> {
	const [plan, ...others] = await planUploads(
		context,
		new PlannedNames(context.names),
		call,
		identifying,
	);
	if (plan !== undefined && others.length === 0) return plan;
	throw new PaperlessError('invalid', `The item has ${others.length + 1} files for one document`, {
		description: 'Enter the name of one field. “Split Out” makes an item of each file.',
		parameter: 'inputDataFieldName',
	});
}

async function create(
	context: Context,
	call: ItemCall<UploadValues>,
	plan: PlannedUpload,
): Promise<Output[]> {
	const [outcome = []] = await runUploads(context, [call], () => Promise.resolve([plan]));
	if (outcome instanceof Error) throw outcome;
	return outcome.map(({ json, ...output }) => ({
		...output,
		json: { ...json, created: json.status === 'created' },
	}));
}

export const upsert = defineOperation({
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update document',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	access: 'write',
	parameters: [...keyParameters, ...oneFileParameters, ...documentWishes],
	// A later item may mean the document of an earlier one by another key, or set the same number.
	target: () => 'all',
	async execute(context, values, itemIndex) {
		const key = await documentKey(context, values);
		const timeout = values.options.timeout ?? defaultTimeout;
		const call = { itemIndex, values: { ...values, waitForConsumption: true } };
		const plan = await planOne(context, call, fieldsOfKey(key));
		const id =
			(await documentOfEarlierItem(context, key, plan, timeout)) ?? (await findByKey(context, key));
		const outputs =
			id === undefined
				? await create(context, call, plan)
				: [await updateExisting(context, id, plan, key)];
		for (const { json } of outputs) {
			const { status, task_id: taskId } = json;
			if (status === 'pending' && typeof taskId === 'string')
				rememberPending(context, plan, { key, taskId, id });
		}
		return outputs;
	},
});
