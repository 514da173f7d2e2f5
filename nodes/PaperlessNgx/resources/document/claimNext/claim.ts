import { documentsPerRequest } from '../../../../api/documents';
import { asError, isPaperlessError, PaperlessError } from '../../../../api/errors';
import { editTogether } from '../../../../documents/editTogether';
import type { Context } from '../../../../toolkit/operation';
import type { Turn } from './turn';
import { endTurn, isFree, isUncertain, requireDeletion, takeTurn } from './turn';

/** Documents with one tag, which get another one when they are taken. */
export type Queue = {
	/** Tag ids */
	tag: number;
	replaceWith: number;
	/** Seconds */
	waitForTurn: number;
};

/** Milliseconds. Leaves four minutes for a request under way before other workers may take over. */
const actWithin = 60_000;
const swapPauses = [0, 500, 2_000];

async function oldest({ api }: Context, { tag }: Queue, count: number): Promise<number[]> {
	const query = { tags__id__all: String(tag), ordering: 'added,id', fields: 'id' };
	const { results } = await api.documents.page(query, 1, count);
	return results.map(({ id }) => id);
}

const hasTime = ({ now }: Context, { since }: Turn) => now() - since < actWithin;

const notSwapped = new PaperlessError(
	'unavailable',
	'The documents did not get the other tag in place of theirs',
	{
		description: 'Paperless-ngx reported success. Its log may contain the reason.',
	},
);

/**
 * Documents that are still in the queue or lack the other tag, although the server may report success
 * (docs/paperless-api.md#lost-tag-changes).
 */
async function stillWaiting({ api }: Context, { tag, replaceWith }: Queue, ids: readonly number[]) {
	const query = { id__in: ids.join(','), fields: 'id,tags' };
	const { results } = await api.documents.page(query, 1, ids.length);
	const waiting = results.filter(
		({ tags = [] }) => tags.includes(tag) || !tags.includes(replaceWith),
	);
	return new Map(waiting.map(({ id }) => [id, notSwapped]));
}

type Refusals = Map<number, Error>;

const isUnconfirmed = (refusals: Refusals) => [...refusals.values()].some(isUncertain);

async function swapOnce(context: Context, queue: Queue, ids: readonly number[]): Promise<Refusals> {
	const parameters = { add_tags: [queue.replaceWith], remove_tags: [queue.tag] };
	const refusals = await editTogether(context.api, ids, { method: 'modify_tags', parameters });
	const changed = ids.filter((id) => !refusals.has(id));
	if (isUnconfirmed(refusals) || changed.length === 0) return refusals;
	return new Map([...refusals, ...(await stillWaiting(context, queue, changed))]);
}

/**
 * Replaces the tag of the documents and checks the result. The request states the wanted result
 * and not a difference, so it can be repeated when it had no effect or its answer was lost.
 * Returns the documents that were refused, with the reason.
 */
async function swap(
	context: Context,
	queue: Queue,
	turn: Turn,
	ids: readonly number[],
): Promise<Refusals> {
	let refusals: Refusals = new Map();
	for (const pause of swapPauses) {
		if (pause > 0) await context.api.wait(pause);
		if (pause > 0 && !hasTime(context, turn)) break;
		refusals = await swapOnce(context, queue, ids);
		if (!isUnconfirmed(refusals)) break;
	}
	return refusals;
}

/** Another worker may have got the same documents, so nobody may use them. */
const doubtful = (ids: readonly number[], reason: string) =>
	new PaperlessError('unavailable', `Could not confirm who claimed documents ${ids.join(', ')}`, {
		description: `${reason} Check their tags: documents that have left the queue must be returned or handled manually.`,
	});

type Claimed = { ids: number[]; refusals: Refusals };

async function claimInTurn(
	context: Context,
	queue: Queue,
	turn: Turn,
	count: number,
): Promise<Claimed> {
	const ids = await oldest(context, queue, count);
	if (ids.length === 0) return { ids, refusals: new Map() };
	if (!hasTime(context, turn)) {
		throw new PaperlessError('unavailable', 'Paperless-ngx or n8n was too slow to claim anything', {
			description:
				'Most of this worker’s turn was over before it could act. Nothing was claimed; run it again.',
		});
	}
	const refusals = await swap(context, queue, turn, ids);
	const unconfirmed = [...refusals.values()].find(isUncertain);
	if (unconfirmed) {
		throw doubtful(
			ids,
			`Paperless-ngx did not confirm the change of tags: ${unconfirmed.message}.`,
		);
	}
	return { ids: ids.filter((id) => !refusals.has(id)), refusals };
}

async function claimSome(context: Context, queue: Queue, count: number): Promise<number[]> {
	const name = `n8n is claiming from tag ${queue.tag}`;
	if ((await oldest(context, queue, 1)).length === 0) {
		await isFree(context, name);
		return [];
	}
	await requireDeletion(context);
	const turn = await takeTurn(context, name, queue.waitForTurn);
	const claimed = await claimInTurn(context, queue, turn, count).catch(asError);
	const wasKept = await endTurn(context, turn);
	if (claimed instanceof Error) throw claimed;
	const { ids, refusals } = claimed;
	if (ids.length > 0 && !wasKept) {
		throw doubtful(ids, 'Someone else ended the turn of this worker before it was done.');
	}
	const [refused] = refusals.values();
	if (ids.length === 0 && refused) throw refused;
	return ids;
}

/** A missing permission for correspondents is puzzling without the reason why they are needed. */
const withReason = (error: Error): Error =>
	isPaperlessError(error) && error.description.includes('_correspondent”')
		? error.adding(
				'Workers take turns, so no two of them get the same document; a correspondent marks whose turn it is.',
			)
		: error;

/**
 * Claims the oldest documents of a queue, `count` at most, for this worker alone. Returns their
 * ids, and the error that ended the claim early.
 */
export async function claim(
	context: Context,
	queue: Queue,
	count: number,
): Promise<{ ids: number[]; error?: Error }> {
	const ids: number[] = [];
	while (ids.length < count) {
		const wanted = Math.min(count - ids.length, documentsPerRequest);
		const claimed = await claimSome(context, queue, wanted).catch(asError);
		if (claimed instanceof Error) return { ids, error: withReason(claimed) };
		ids.push(...claimed);
		if (claimed.length < wanted) break;
	}
	return { ids };
}
