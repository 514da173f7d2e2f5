import { isPaperlessError } from '../../../api/errors';
import type { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { orMissing } from '../../../documents/documentsById';
import type { SentEdit } from './pageEdit';

type Edited = {
	/** The documents themselves, where the edit is sent for a version. */
	documents: readonly number[];
	/** The parameter that they come from. */
	parameter?: string | undefined;
	unreadable: PaperlessError;
};

/**
 * Sends an edit, and names a document that is gone meanwhile. Only an edit of pages is refused
 * where the server cannot open the file, without a reason; that becomes `unreadable`
 * (docs/paperless-api.md#unreadable-pdfs).
 */
export async function sendEdit(
	api: PaperlessClient,
	{ ids, edit }: SentEdit,
	{ documents, parameter = 'document', unreadable }: Edited,
): Promise<void> {
	const send = () => api.documents.bulkEdit(ids, edit);
	await orMissing(api, documents, parameter, send).catch((thrown: unknown) => {
		const isUnexplained =
			edit.method === 'edit_pdf' &&
			isPaperlessError(thrown, 'invalid') &&
			thrown.message.startsWith('Error performing');
		throw isUnexplained ? unreadable : thrown;
	});
}
