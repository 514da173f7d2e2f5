import { isPaperlessError } from '../../../../api/errors';
import { presentSkipped } from '../../../../documents/encodeCustomFields';
import { present } from '../../../../documents/output/present';
import { simplified } from '../../../../documents/output/presentation';
import { groupBy } from '../../../../toolkit/groupBy';
import type { ItemCall, Context, Json, Outcome } from '../../../../toolkit/operation';
import { presentUpdates } from '../../../../documents/edit/presentUpdates';
import { creationWords, withCreations } from './createNames';
import { fieldsIn } from './differenceFrom';
import type { FinishedUpload } from './finishUploads';
import { fieldsAfterwards } from './planUploads';
import { refusalOf } from './refusalOf';
import { documentIdOf } from './uploadSender';

/** Why there is no document, or not a new one, or what else is to be known of it. */
function reasonFor({ upload, document }: FinishedUpload, words: string): string | null {
	const { consumption, earlierTwin, interruption, wait } = upload;
	if (earlierTwin !== undefined)
		return `Another client uploaded the same file at the same time as document #${earlierTwin}.`;
	if (consumption.status === 'created' && consumption.documentId !== null) {
		return document === undefined
			? 'The document is hidden from the token’s user or gone, so its fields were not compared.'
			: null;
	}
	if (consumption.status === 'failed') return `${consumption.reason} ${words}`.trim() || null;
	if (consumption.status !== 'pending') return consumption.reason || null;
	if (!wait) return null;
	if (isPaperlessError(interruption)) return `The outcome is unknown. ${interruption.description}`;
	const fields = fieldsAfterwards(upload);
	return [
		'It was not consumed within the timeout.',
		...(consumption.reason === undefined ? [] : [consumption.reason]),
		...(fields.length === 0 ? [] : [`Not set: ${fields.join(', ')}.`]),
	].join(' ');
}

function reportOf(
	finished: FinishedUpload,
	words: string,
	shown: Json | null,
	changes: Json | undefined,
): Json {
	const { upload, changedByServer } = finished;
	const { consumption, earlierTwin, file, taskId } = upload;
	const id = documentIdOf(upload);
	const reason = reasonFor(finished, words);
	const existing = consumption.status === 'duplicate' ? id : earlierTwin;
	return {
		status: consumption.status,
		id,
		file_name: file.fileName,
		task_id: taskId,
		...(existing !== undefined && { existing_document_id: existing }),
		...(reason !== null && { reason }),
		...(changes && { updated: Object.keys(changes).length > 0, changes }),
		...(changedByServer && { changed_by_server: fieldsIn(changedByServer) }),
		...presentSkipped(upload.skipped),
		...(id !== null && { document: shown }),
	};
}

/** An item fails if one of its uploads does, or the upload that sends its file in its place. */
function failureOf(
	itemIndex: number,
	finished: readonly FinishedUpload[],
	failures: ReadonlyMap<number, Error>,
	wordsOf: (finished: FinishedUpload) => string,
): Error | undefined {
	const items = [itemIndex, ...finished.flatMap(({ upload }) => upload.twinOf ?? [])];
	const errors = [
		...items.map((index) => failures.get(index)),
		...finished.map((one) => {
			const error = refusalOf(one.upload) ?? one.error;
			return error && withCreations(error, wordsOf(one));
		}),
	];
	return errors.find((error) => error !== undefined);
}

/** The outcome of every item: one report per file, or why one of its files was not uploaded. */
export async function reportUploads(
	context: Context,
	calls: ReadonlyArray<ItemCall<unknown>>,
	finished: readonly FinishedUpload[],
	failures: ReadonlyMap<number, Error>,
): Promise<Outcome[]> {
	const documents = finished.flatMap(({ document }) => document ?? []);
	const shown = await present(context, documents, simplified);
	const shownOf = new Map(documents.map((document, index) => [document, shown[index] ?? {}]));
	const updated = finished.flatMap(({ before, document, upload }) =>
		before && document ? [{ before, document, upload }] : [],
	);
	const changes = await presentUpdates(context, updated);
	const changesOf = new Map(updated.map(({ upload }, index) => [upload, changes[index] ?? {}]));
	const words = new Map(
		await Promise.all(
			finished.map(async (one) => [one, await creationWords(one.upload.createdNames)] as const),
		),
	);
	const wordsOf = (one: FinishedUpload) => words.get(one) ?? '';
	const byItem = new Map(
		groupBy(finished, ({ upload }) => upload.itemIndex).map((group) => [
			group[0].upload.itemIndex,
			group,
		]),
	);
	return calls.map(({ itemIndex }): Outcome => {
		const ofItem = byItem.get(itemIndex) ?? [];
		return (
			failureOf(itemIndex, ofItem, failures, wordsOf) ??
			ofItem.map((one) => {
				const { document } = one;
				const json = document ? (shownOf.get(document) ?? null) : null;
				return { json: reportOf(one, wordsOf(one), json, changesOf.get(one.upload)) };
			})
		);
	});
}
