import { defineOperation } from '../../../../toolkit/operation';
import { planUploads } from './planUploads';
import { runUploads } from './runUploads';
import { uploadParameters } from './uploadParameters';

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document',
	description: 'Send a file to be consumed, and wait until it is a document',
	access: 'write',
	parameters: uploadParameters,
	executeAll: async (context, calls) =>
		await runUploads(context, calls, (call) => planUploads(context, call)),
});
