import type { Context, ItemCall, Outcome } from '../../../../toolkit/operation';
import { stages } from '../stages';
import { createNames } from './createNames';
import { findEarlierTwins } from './findEarlierTwins';
import { finishUploads } from './finishUploads';
import { hashUpload, withTwins } from './hashUpload';
import type { PlannedUpload } from './planUploads';
import { refuseRepeatedNumbers } from './refuseRepeatedNumbers';
import { reportUploads } from './reportUploads';
import { isUpdate, uploadSender } from './uploadSender';
import { waitForConsumption } from './waitForConsumption';

const uploadsAtOnce = 3;

/** Plans the uploads of all items, makes documents of their files, and reports what became of them. */
export async function runUploads<Values>(
	context: Context,
	calls: ReadonlyArray<ItemCall<Values>>,
	plan: (call: ItemCall<Values>) => Promise<PlannedUpload[]>,
): Promise<Outcome[]> {
	const { stage, failures } = stages(context.itemsAtOnce ?? uploadsAtOnce);
	const planned = await stage(calls, plan);
	const hashed = await stage(planned.flat(), (one) => hashUpload(context, one));
	const agreed = await stage(hashed, refuseRepeatedNumbers(hashed));
	const sent = await stage(withTwins(agreed), uploadSender(context));
	const consumed = await waitForConsumption(context, sent);
	const compared = await findEarlierTwins(context, consumed);
	const named = await stage(compared, async (one) =>
		isUpdate(one) ? await createNames(one) : one,
	);
	const finished = await finishUploads(context, named);
	return await reportUploads(context, calls, finished, failures);
}
