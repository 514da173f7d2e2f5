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

const serialNumber = (number: number): string => JSON.stringify([number]);
const fieldValue = (field: number, value: unknown): string => JSON.stringify([field, value]);

const valueOf = (key: DocumentKey): string =>
	key.kind === 'serialNumber' ? serialNumber(key.number) : fieldValue(key.field.id, key.value);

const serialNumbersOf = ({ draft }: PlannedUpload): string[] =>
	typeof draft.archive_serial_number === 'number'
		? [serialNumber(draft.archive_serial_number)]
		: [];

/** The values by which a later item may find the document of an upload. */
function identifyingValues(plan: PlannedUpload): string[] {
	const { custom_fields: carried = {} } = plan.draft;
	const later = plan.afterwards.changes.custom_fields ?? [];
	return [
		...serialNumbersOf(plan),
		...Object.entries(carried).map(([field, value]) => fieldValue(Number(field), value)),
		...later.map(({ field, value }) => fieldValue(field, value)),
	];
}

export function rememberPending(context: Context, plan: PlannedUpload, pending: Pending): void {
	const known = unfinished.get(context) ?? new Map<string, Pending>();
	for (const value of identifyingValues(plan)) known.set(value, pending);
	unfinished.set(context, known);
}

/**
 * Waits for the files of earlier items whose documents get the key or the serial number of this
 * item, up to `timeout` seconds: no search finds a document before it is consumed. Returns the id
 * of the document with the key; `undefined` where no item has sent one, or the server has not made
 * a document of it.
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
	for (const value of new Set([valueOf(key), ...serialNumbersOf(plan)])) {
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
