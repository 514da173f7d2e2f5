import { isPaperlessError } from '../../../../api/errors';
import { presentById } from '../../../../documents/output/presentById';
import { simplified } from '../../../../documents/output/presentation';
import { groupBy } from '../../../../toolkit/groupBy';
import type { ItemCall, Context, Json, Outcome } from '../../../../toolkit/operation';
import { fieldsAfterwards } from './planUploads';
import { refusalOf } from './refusalOf';
import type { Upload } from './sendUpload';
import { documentIdOf } from './sendUpload';

/** Why there is no document, or not a new one. */
function reasonFor(upload: Upload): string | null {
	const { consumption, interruption, wait } = upload;
	if (consumption.status === 'created' && consumption.documentId !== null) return null;
	if (consumption.status !== 'pending') return consumption.reason || null;
	if (!wait) return null;
	if (isPaperlessError(interruption)) return `The outcome is unknown. ${interruption.description}`;
	const fields = fieldsAfterwards(upload);
	return fields.length === 0
		? null
		: `It was not consumed within the timeout. Not set: ${fields.join(', ')}.`;
}

function reportOf(upload: Upload, documents: ReadonlyMap<number, Json>): Json {
	const { consumption, file, taskId } = upload;
	const id = documentIdOf(upload);
	const reason = reasonFor(upload);
	return {
		status: consumption.status,
		id,
		file_name: file.fileName,
		task_id: taskId,
		...(consumption.status === 'duplicate' && { existing_document_id: id }),
		...(reason !== null && { reason }),
		...(id !== null && { document: documents.get(id) ?? null }),
	};
}

/** An item fails if one of its uploads does, or the upload that sends its file in its place. */
function failureOf(
	itemIndex: number,
	uploads: readonly Upload[],
	failures: ReadonlyMap<number, Error>,
): Error | undefined {
	const items = [itemIndex, ...uploads.flatMap(({ twinOf }) => twinOf ?? [])];
	const errors = [...items.map((index) => failures.get(index)), ...uploads.map(refusalOf)];
	return errors.find((error) => error !== undefined);
}

/** The outcome of every item: one report per file, or why one of its files was not uploaded. */
export async function reportUploads(
	context: Context,
	calls: ReadonlyArray<ItemCall<unknown>>,
	uploads: readonly Upload[],
	failures: ReadonlyMap<number, Error>,
): Promise<Outcome[]> {
	const ids = uploads.flatMap((upload) => documentIdOf(upload) ?? []);
	const documents = await presentById(context, ids, simplified);
	const byItem = new Map(
		groupBy(uploads, ({ itemIndex }) => itemIndex).map((group) => [group[0].itemIndex, group]),
	);
	return calls.map(({ itemIndex }): Outcome => {
		const ofItem = byItem.get(itemIndex) ?? [];
		return (
			failureOf(itemIndex, ofItem, failures) ??
			ofItem.map((upload) => ({ json: reportOf(upload, documents) }))
		);
	});
}
