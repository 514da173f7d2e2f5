import { PaperlessError } from '../../../../api/errors';
import type { Context } from '../../../../toolkit/operation';
import type { PlannedUpload } from '../upload/planUploads';
import type { DocumentKey } from './documentKey';
import { describeKey } from './documentKey';

/** A file that an earlier item has sent and the server has not consumed within the timeout. */
type Pending = {
	key: DocumentKey;
	taskId: string;
	/** The document of which the file becomes a version. */
	id: number | undefined;
};

/** Those of an execution, by each value that may identify their documents. */
const unfinished = new WeakMap<Context, Map<string, Pending>>();

/** The values that may identify the document of an upload, with those of its key. */
function identifyingValues({ draft, afterwards }: PlannedUpload): string[] {
	const { archive_serial_number: number, custom_fields: carried = {} } = draft;
	const later = afterwards.changes.custom_fields ?? [];
	return [
		...(typeof number === 'number' ? [[number]] : []),
		...Object.entries(carried).map(([field, value]) => [Number(field), value]),
		...later.map(({ field, value }) => [field, value]),
	].map((value) => JSON.stringify(value));
}

const valueOf = (key: DocumentKey): string =>
	JSON.stringify(key.kind === 'serialNumber' ? [key.number] : [key.field.id, key.value]);

export function rememberPending(context: Context, plan: PlannedUpload, pending: Pending): void {
	const known = unfinished.get(context) ?? new Map<string, Pending>();
	for (const value of identifyingValues(plan)) known.set(value, pending);
	unfinished.set(context, known);
}

/**
 * Waits for the files of earlier items whose documents get a value of this item, up to `timeout`
 * seconds: no search finds a document before it is consumed. Returns the id of the document with
 * the key; `undefined` where no item has sent one, or the server has not made a document of it.
 */
export async function documentOfEarlierItem(
	context: Context,
	key: DocumentKey,
	plan: PlannedUpload,
	timeout: number,
): Promise<number | undefined> {
	const known = unfinished.get(context) ?? new Map<string, Pending>();
	const { api, now } = context;
	let found: number | undefined;
	for (const value of identifyingValues(plan)) {
		const pending = known.get(value);
		if (pending === undefined) continue;
		const { taskId, id } = pending;
		const outcomes = await api.tasks.awaitAll([taskId], { timeout: timeout * 1000, now });
		const outcome = outcomes.get(taskId) ?? { status: 'pending' };
		if (outcome.status === 'pending') {
			throw new PaperlessError(
				'unavailable',
				`A document ${describeKey(pending.key)} is still being consumed`,
				{
					description: `An earlier item sent its file (task ${taskId}). Nothing was sent for this item, because its file could become a second document. Raise “Timeout”, or send the item again later.`,
				},
			);
		}
		known.delete(value);
		if (value === valueOf(key))
			found = outcome.status === 'failed' ? id : (id ?? outcome.documentId ?? undefined);
	}
	return found;
}
