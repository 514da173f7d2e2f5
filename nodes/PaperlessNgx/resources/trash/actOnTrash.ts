import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import { together } from '../../../api/together';
import { idFrom } from '../../../documents/documentIds';
import type { Context, Json, Outcome } from '../../../toolkit/operation';

function trashedId(text: string): number | Error {
	try {
		return idFrom(text, 'Document ID', 'documentId');
	} catch (thrown) {
		return asError(thrown);
	}
}

/** An id that is not in the trash is the only reason for which the server rejects a list of ids. */
function explained(id: number, error: Error): Error {
	if (!isPaperlessError(error, 'invalid')) return error;
	return new PaperlessError('notFound', `Document ${id} is not in the trash`, {
		description:
			'The document may still be in the archive, or may already have been deleted permanently. “Get Many” lists the documents in the trash.',
		parameter: 'documentId',
	});
}

/**
 * Restores documents from the trash, or deletes them permanently (`empty`). Returns one outcome per
 * id, in order; `done` makes the output of an id that was accepted.
 */
export async function actOnTrash(
	{ api }: Context,
	action: 'restore' | 'empty',
	documentIds: readonly string[],
	done: (id: number) => Json,
): Promise<Outcome[]> {
	const ids = documentIds.map(trashedId);
	const refusals = await together(
		ids.filter((id) => typeof id === 'number'),
		(some) => api.trash.act(action, some),
	);
	return ids.map((id) => {
		if (id instanceof Error) return id;
		const refusal = refusals.get(id);
		return refusal ? explained(id, refusal) : [{ json: done(id) }];
	});
}
