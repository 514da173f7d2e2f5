import { editTogether } from '../../../documents/editTogether';
import { optionsParameter, whether } from '../../../toolkit/parameterBuilders';
import { bulkTask } from './bulkOperation';

/** What comes of it is not known; the output says only that the server took it on. */
export const reprocess = bulkTask(
	{
		value: 'reprocess',
		name: 'Reprocess',
		action: 'Reprocess documents',
		description: 'Have the server read documents (OCR) again, in the background',
		parameters: [
			optionsParameter([
				whether(
					'Use Remote OCR',
					'useRemoteOcr',
					'the remote OCR of the server reads the documents; needs Paperless-ngx 3.1 or later',
				),
			]),
		],
	},
	{
		needs: ({ options }) => (options?.useRemoteOcr ? 'remoteOcr' : undefined),
		send: (api, ids, { options }) =>
			editTogether(api, ids, {
				method: 'reprocess',
				parameters: options?.useRemoteOcr ? { remote_ocr: true } : {},
			}),
		done: (isDone) => ({ queued: isDone }),
	},
);
