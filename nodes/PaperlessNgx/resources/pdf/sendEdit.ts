import { isPaperlessError } from '../../../api/errors';
import type { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { SentEdit } from './pageEdit';

/**
 * Sends an edit. Only an edit of pages is refused where the server cannot open the file, without a
 * reason; that becomes `unreadable` (docs/paperless-api.md#unreadable-pdfs).
 */
export async function sendEdit(
	{ documents }: PaperlessClient,
	{ ids, edit }: SentEdit,
	unreadable: PaperlessError,
): Promise<void> {
	await documents.bulkEdit(ids, edit).catch((thrown: unknown) => {
		const isUnexplained =
			edit.method === 'edit_pdf' &&
			isPaperlessError(thrown, 'invalid') &&
			thrown.message.startsWith('Error performing');
		throw isUnexplained ? unreadable : thrown;
	});
}
