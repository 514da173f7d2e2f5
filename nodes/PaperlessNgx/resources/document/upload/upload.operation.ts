import { defineOperation } from '../../../../toolkit/operation';
import { PlannedNames } from '../../../../documents/edit/plannedNames';
import { planUploads } from './planUploads';
import { runUploads } from './runUploads';
import { uploadParameters } from './uploadParameters';

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document',
	description: 'Send a file to be consumed, and wait until it is a document',
	builderHint:
		'Takes the binary data of the input item, or a text. The output has the finished document with its ID; no node has to wait or poll after it.',
	access: 'write',
	parameters: uploadParameters,
	async executeAll(context, calls) {
		const names = new PlannedNames(context.names);
		return await runUploads(context, calls, (call) => planUploads(context, names, call));
	},
});
