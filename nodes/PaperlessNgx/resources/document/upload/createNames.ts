import { asError, isPaperlessError } from '../../../../api/errors';
import type { NewNames } from './newNames';
import type { PlannedUpload } from './planUploads';

/** Says which of the names exist by now; empty for none. */
export async function creationWords(newNames: NewNames | undefined): Promise<string> {
	const created = newNames ? await newNames.names.describe(newNames.ids) : [];
	return created.length > 0 ? `Created for this upload: ${created.join(', ')}.` : '';
}

/** The error of an upload, with what was created for it. */
export const withCreations = (error: Error, words: string): Error =>
	isPaperlessError(error) && words !== '' ? error.adding(words) : error;

/** Creates the names that the fields of the upload need, once it is known that it goes on. */
export async function createNames<Upload extends PlannedUpload>(upload: Upload): Promise<Upload> {
	const { draft, missingNames } = upload;
	if (missingNames === undefined) return upload;
	const { correspondent, document_type, tags } = draft;
	// The fields of an upload say who owns what is created for it.
	const create = async (id: number) => await missingNames.names.create(id, {});
	try {
		return {
			...upload,
			createdNames: missingNames,
			draft: {
				...draft,
				...(typeof correspondent === 'number' && { correspondent: await create(correspondent) }),
				...(typeof document_type === 'number' && { document_type: await create(document_type) }),
				...(tags && { tags: await Promise.all(tags.map(create)) }),
			},
		};
	} catch (thrown) {
		throw withCreations(asError(thrown), await creationWords(missingNames));
	}
}
