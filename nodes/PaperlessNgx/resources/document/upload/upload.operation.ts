import { defineOperation } from '../../../../toolkit/operation';
import { stages } from '../stages';
import { findEarlierTwins } from './findEarlierTwins';
import { finishUploads } from './finishUploads';
import { hashUpload, withTwins } from './hashUpload';
import { planUploads } from './planUploads';
import { reportUploads } from './reportUploads';
import { uploadSender } from './uploadSender';
import { uploadParameters } from './uploadParameters';
import { waitForConsumption } from './waitForConsumption';

const uploadsAtOnce = 3;

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document',
	description: 'Send a file to be consumed, and wait until it is a document',
	access: 'write',
	parameters: uploadParameters,
	async executeAll(context, calls) {
		const { stage, failures } = stages(uploadsAtOnce);
		const planned = await stage(calls, (call) => planUploads(context, call));
		const hashed = withTwins(await stage(planned.flat(), (plan) => hashUpload(context, plan)));
		const sent = await stage(hashed, uploadSender(context));
		const consumed = await waitForConsumption(context, sent);
		const compared = await findEarlierTwins(context, consumed);
		const finished = await finishUploads(context, compared);
		return await reportUploads(context, calls, finished, failures);
	},
});
