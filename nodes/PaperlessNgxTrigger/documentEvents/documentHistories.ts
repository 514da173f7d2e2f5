import pLimit from 'p-limit';
import { z } from 'zod';
import { PaperlessError } from '../../api/errors';
import type { Entry } from '../../events/historyDiff';
import { entrySchema } from '../../events/historyDiff';
import type { Context } from '../../toolkit/operation';

const historiesAtOnce = 4;

const entriesSchema = z.array(entrySchema);

/** Refused to who may not view it, and where the server keeps none (`PAPERLESS_AUDIT_LOG_ENABLED`). */
const isUnreadable = (error: unknown): error is PaperlessError =>
	error instanceof PaperlessError && ['forbidden', 'invalid', 'notFound'].includes(error.kind);

/** What to do where it is not readable; anything else that goes wrong ends the poll. */
const unless =
	<T>(instead: (error: PaperlessError) => T) =>
	async (error: unknown): Promise<T> =>
		isUnreadable(error) ? instead(error) : await Promise.reject(error);

const historyOf = async ({ api }: Context, id: number): Promise<Entry[] | undefined> =>
	await api.parts
		.history(id)
		.then((entries) => entriesSchema.parse(entries).sort((one, other) => one.id - other.id))
		.catch(unless(() => undefined));

/** By document, the oldest entry first; one that cannot be read is missing. */
export async function historiesOf(
	context: Context,
	ids: readonly number[],
): Promise<Map<number, Entry[]>> {
	const atOnce = pLimit(historiesAtOnce);
	const read = await Promise.all(
		ids.map(async (id) => await atOnce(async () => [id, await historyOf(context, id)] as const)),
	);
	return new Map(read.flatMap(([id, entries]) => (entries ? [[id, entries] as const] : [])));
}

/** Without it nobody could tell who changed what. */
export async function requireHistory({ api }: Context): Promise<void> {
	const [newest] = await api.documents.list({ fields: 'id', ordering: '-added' }, { limit: 1 });
	if (newest === undefined) return;
	await api.parts.history(newest.id).catch(
		unless(({ message, description }) => {
			throw new PaperlessError('invalid', `The history of documents is not readable: ${message}`, {
				description: `“Skip Changes Made by Me” needs it. ${description}`.trim(),
				parameter: 'skipOwn',
			});
		}),
	);
}
