import { PaperlessError } from '../../../../api/errors';
import { groupBy } from '../../../../toolkit/groupBy';
import type { HashedUpload } from './hashUpload';

const numberOf = ({ draft }: HashedUpload) => draft.archive_serial_number ?? undefined;

/**
 * Refuses all files of an item that gives another file the archive serial number of an earlier one:
 * the server would give it to the file that it happens to consume first, and fail the other.
 */
export function refuseRepeatedNumbers(
	uploads: readonly HashedUpload[],
): (upload: HashedUpload) => Promise<HashedUpload> {
	const numbered = uploads.filter((upload) => numberOf(upload) !== undefined);
	const contradictory = new Map<number, [earlier: HashedUpload, later: HashedUpload]>();
	for (const [first, ...others] of groupBy(numbered, numberOf)) {
		for (const other of others)
			if (other.hash !== first.hash && !contradictory.has(other.itemIndex))
				contradictory.set(other.itemIndex, [first, other]);
	}
	return async (upload) => {
		const [earlier, later] = contradictory.get(upload.itemIndex) ?? [];
		if (earlier === undefined || later === undefined) return await Promise.resolve(upload);
		throw new PaperlessError(
			'invalid',
			`“${earlier.file.fileName}” and “${later.file.fileName}” would get the archive serial number ${numberOf(later)}`,
			{
				description: `A number belongs to one document, and item ${earlier.itemIndex} gives it to “${earlier.file.fileName}”. Nothing was sent for item ${later.itemIndex}. Give each file a number of its own.`,
				parameter: 'additionalFields',
			},
		);
	};
}
