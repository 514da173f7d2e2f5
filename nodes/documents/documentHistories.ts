import { atMost } from '../api/atMost';
import { isPaperlessError, PaperlessError } from '../api/errors';
import type { Entry } from '../events/entrySchema';
import { entriesSchema } from '../events/entrySchema';
import type { Context } from '../toolkit/operation';

const requestsAtOnce = 4;

/**
 * Handles a history that is not readable: the user lacks the permission, or the server keeps no
 * history (`PAPERLESS_AUDIT_LOG_ENABLED`). All other errors are thrown again.
 */
const whenUnreadable =
	<T>(handle: (error: PaperlessError) => T) =>
	(thrown: unknown): T => {
		if (isPaperlessError(thrown, 'forbidden', 'invalid', 'notFound')) return handle(thrown);
		throw thrown;
	};

function entriesFrom(rows: unknown, id: number): Entry[] {
	const { data } = entriesSchema.safeParse(rows);
	if (data) return data.sort((a, b) => a.id - b.id);
	throw new PaperlessError(
		'unexpectedReply',
		`The history of document ${id} has an unknown format`,
		{
			description: 'The server may be newer than this node. Update the node, or report this.',
		},
	);
}

const fetchHistory = async ({ api }: Context, id: number): Promise<Entry[] | undefined> =>
	await api.documents
		.history(id)
		.then((rows) => entriesFrom(rows, id))
		.catch(whenUnreadable(() => undefined));

/** Histories by document, oldest entry first; a history that cannot be read is absent. */
export async function documentHistories(
	context: Context,
	ids: readonly number[],
): Promise<Map<number, Entry[]>> {
	const atOnce = atMost(requestsAtOnce);
	const histories = await Promise.all(ids.map((id) => atOnce(() => fetchHistory(context, id))));
	return new Map(
		ids.flatMap((id, at) => {
			const entries = histories[at];
			return entries ? [[id, entries] as const] : [];
		}),
	);
}

/** Rejects “Skip Changes Made by Me” where no history shows who made a change. */
export async function requireHistory({ api }: Context): Promise<void> {
	const [newest] = await api.documents.list({ fields: 'id', ordering: '-added' }, { limit: 1 });
	if (newest === undefined) return;
	await api.documents.history(newest.id).catch(
		whenUnreadable(({ message, description }) => {
			throw new PaperlessError('invalid', `The history of documents is not readable: ${message}`, {
				description: `“Skip Changes Made by Me” needs it. ${description}`.trim(),
				parameter: 'skipOwn',
			});
		}),
	);
}

/** The id of the credential's user, as histories name it. */
export const currentUserId = async ({ api }: Context): Promise<number> =>
	Number((await api.system.currentUser()).user.id);
