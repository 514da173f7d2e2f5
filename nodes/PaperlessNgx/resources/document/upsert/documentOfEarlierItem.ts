import { PaperlessError } from '../../../../api/errors';
import type { Context } from '../../../../toolkit/operation';
import type { DocumentKey } from './documentKey';
import { describeKey, fieldsOfKey } from './documentKey';

/** A file that an earlier item has sent and the server has not consumed within the timeout. */
type Pending = {
	taskId: string;
	/** The document of which the file becomes a version. */
	id: number | undefined;
};

/** Those of an execution, by their key. */
const unfinished = new WeakMap<Context, Map<string, Pending>>();

const textOf = (key: DocumentKey): string => JSON.stringify(fieldsOfKey(key));

export function rememberPending(context: Context, key: DocumentKey, pending: Pending): void {
	const known = unfinished.get(context) ?? new Map<string, Pending>();
	unfinished.set(context, known.set(textOf(key), pending));
}

/**
 * Waits for the file of an earlier item with this key, up to `timeout` seconds: no search finds its
 * document before it is consumed. Returns the id of the document; `undefined` where no item has
 * sent one, or the server has not made a document of it.
 */
export async function documentOfEarlierItem(
	context: Context,
	key: DocumentKey,
	timeout: number,
): Promise<number | undefined> {
	const known = unfinished.get(context);
	const pending = known?.get(textOf(key));
	if (pending === undefined) return undefined;
	const { taskId, id } = pending;
	const { api, now } = context;
	const outcomes = await api.tasks.awaitAll([taskId], { timeout: timeout * 1000, now });
	const outcome = outcomes.get(taskId) ?? { status: 'pending' };
	if (outcome.status === 'pending') {
		throw new PaperlessError(
			'unavailable',
			`A document ${describeKey(key)} is still being consumed`,
			{
				description: `An earlier item sent its file (task ${taskId}). Nothing was sent for this item, because its file could become a second document. Raise “Timeout”, or send the item again later.`,
			},
		);
	}
	known?.delete(textOf(key));
	if (outcome.status === 'failed') return id;
	return id ?? outcome.documentId ?? undefined;
}
