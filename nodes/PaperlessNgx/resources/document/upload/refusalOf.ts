import { isPaperlessError, PaperlessError } from '../../../../api/errors';
import { fieldsAfterwards } from './planUploads';
import type { Upload } from './uploadSender';
import { documentIdOf } from './uploadSender';

const quotedName = ({ file }: Upload) => `“${file.fileName}”`;

/** The error, with what was done before it. */
export function interrupted(upload: Upload, error: Error): Error {
	const { taskId } = upload;
	if (!isPaperlessError(error) || taskId === null) return error;
	const id = documentIdOf(upload);
	const fields = fieldsAfterwards(upload);
	return error.adding(
		[
			id === null
				? `${quotedName(upload)} was sent (task ${taskId}); its outcome is unknown.`
				: `${quotedName(upload)} is document #${id}.`,
			...(fields.length > 0 ? [`Perhaps not set: ${fields.join(', ')}.`] : []),
		].join(' '),
	);
}

/**
 * Whether the wait ended because the user may not read tasks. An upload that has nothing left to
 * set does not fail for that.
 */
const isUnwatched = (upload: Upload): boolean =>
	isPaperlessError(upload.interruption, 'forbidden') && fieldsAfterwards(upload).length === 0;

/** Why an upload did not do what the user asked for; `undefined` if it did. */
export function refusalOf(upload: Upload): Error | undefined {
	const { consumption, interruption } = upload;
	const { onDuplicate = 'fail', onFailure = 'fail' } = upload.options;
	if (interruption && !isUnwatched(upload)) return interrupted(upload, interruption);
	if (consumption.status === 'created' && consumption.documentId === null) {
		const fields = fieldsAfterwards(upload);
		if (fields.length === 0) return undefined;
		return new PaperlessError('invalid', `${quotedName(upload)} became no document of its own`, {
			description: `${consumption.reason} Not set: ${fields.join(', ')}.`.trim(),
		});
	}
	if (upload.earlierTwin !== undefined && onDuplicate === 'fail') {
		return new PaperlessError(
			'invalid',
			`${quotedName(upload)} is already in the archive as document #${upload.earlierTwin}`,
			{
				description: `Another client uploaded the same file at the same time. This upload became document #${documentIdOf(upload)}, which you may delete.`,
			},
		);
	}
	if (consumption.status === 'duplicate' && consumption.documentId === null) {
		if (onFailure === 'return') return undefined;
		const place = consumption.inTrash
			? 'in the trash of the archive'
			: 'in the archive, hidden from this user';
		return new PaperlessError('invalid', `${quotedName(upload)} is already ${place}`, {
			description: `${consumption.reason} Restore it, or delete it permanently before you upload it again.`,
		});
	}
	if (consumption.status === 'duplicate' && onDuplicate === 'fail') {
		return new PaperlessError(
			'invalid',
			`${quotedName(upload)} is already in the archive as document #${consumption.documentId}`,
			{
				description:
					'To return or update the existing document instead, choose that under Options → On Duplicate.',
			},
		);
	}
	if (consumption.status === 'failed' && onFailure === 'fail') {
		return new PaperlessError('invalid', `Paperless-ngx could not consume ${quotedName(upload)}`, {
			description: `${consumption.reason} To return this as data instead, choose “Return” under Options → On Failure.`,
		});
	}
	return undefined;
}
