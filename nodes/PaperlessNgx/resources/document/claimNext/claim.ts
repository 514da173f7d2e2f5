import { documentsPerRequest } from '../../../../api/documents';
import { asError, PaperlessError } from '../../../../api/errors';
import type { Context } from '../../../../toolkit/operation';
import { editTogether } from '../../../../documents/editTogether';
import type { Turn } from './turn';
import { endTurn, isFree, requireDeletion, takeTurn, uncertain } from './turn';

/** Documents with one tag, which get another one when they are taken. */
export type Queue = { tag: number; replaceWith: number; waitForTurn: number };

/** Leaves four minutes for a request that is under way, before others may take over. */
const actWithin = 60_000;
const repeatPauses = [0, 500, 2_000];

async function oldest({ api }: Context, { tag }: Queue, count: number): Promise<number[]> {
	const query = { tags__id__all: String(tag), ordering: 'added,id', fields: 'id' };
	const { results } = await api.documents.page(query, 1, count);
	return results.map(({ id }) => id);
}

const hasTime = ({ now }: Context, { since }: Turn) => now() - since < actWithin;

const notDone = new PaperlessError('unavailable', 'The documents still have their tag', {
	description: 'Paperless-ngx reported success; its log may say more.',
});

/** Whether they wait in the queue still, though the server said that it was done (seen on 3.0.5). */
async function stillWaiting({ api }: Context, { tag }: Queue, ids: readonly number[]) {
	const query = { tags__id__all: String(tag), id__in: ids.join(','), fields: 'id' };
	const { results } = await api.documents.page(query, 1, ids.length);
	return new Map(results.map(({ id }) => [id, notDone]));
}

/**
 * Gives the other tag to the documents and looks whether it was done. The request says what is to
 * be and not what is to change, so it is repeated when it was not, or when its answer is lost.
 * Refused documents are told by id.
 */
async function swap(
	context: Context,
	queue: Queue,
	turn: Turn,
	ids: readonly number[],
): Promise<Map<number, Error>> {
	const parameters = { add_tags: [queue.replaceWith], remove_tags: [queue.tag] };
	let refusals = new Map<number, Error>();
	for (const pause of repeatPauses) {
		if (pause > 0) await context.api.wait(pause);
		if (pause > 0 && !hasTime(context, turn)) break;
		refusals = await editTogether(context.api, ids, { method: 'modify_tags', parameters });
		if ([...refusals.values()].some(uncertain)) continue;
		const changed = ids.filter((id) => !refusals.has(id));
		const unchanged = changed.length > 0 ? await stillWaiting(context, queue, changed) : [];
		refusals = new Map([...refusals, ...unchanged]);
		if (![...refusals.values()].some(uncertain)) break;
	}
	return refusals;
}

/** Then nobody may use them: another worker may have got them, too. */
const doubtful = (ids: readonly number[], why: string) =>
	new PaperlessError('unavailable', `It is not known who claimed the documents ${ids.join(', ')}`, {
		description: `${why} Their tags tell whether they still wait in the queue; those that do not have to be put back or looked after by hand.`,
	});

type Claimed = { ids: number[]; refusals: Map<number, Error> };

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
			description: 'The turn came, but most of it was over. Nothing was claimed; run it again.',
		});
	}
	const refusals = await swap(context, queue, turn, ids);
	const unknown = [...refusals.values()].find(uncertain);
	if (unknown) {
		throw doubtful(ids, `Paperless-ngx did not confirm the change of tags: ${unknown.message}.`);
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
	const outcome = await claimInTurn(context, queue, turn, count).catch(asError);
	const kept = await endTurn(context, turn);
	if (outcome instanceof Error) throw outcome;
	const { ids, refusals } = outcome;
	if (ids.length > 0 && !kept) {
		throw doubtful(ids, 'The turn of this worker was ended by someone else before it was done.');
	}
	const [refused] = refusals.values();
	if (ids.length === 0 && refused) throw refused;
	return ids;
}

function explained(error: Error): Error {
	if (!(error instanceof PaperlessError) || !error.description.includes('_correspondent”'))
		return error;
	return new PaperlessError(error.kind, error.message, {
		...error,
		description: `${error.description} So that no two workers get the same document, each takes turns by means of a correspondent that exists for the moment.`,
	});
}

/** The oldest documents of a queue, at most so many, which nobody else gets; and what ended it early. */
export async function claim(
	context: Context,
	queue: Queue,
	count: number,
): Promise<{ ids: number[]; error?: Error }> {
	const ids: number[] = [];
	while (ids.length < count) {
		const wanted = Math.min(count - ids.length, documentsPerRequest);
		const some = await claimSome(context, queue, wanted).catch(asError);
		if (some instanceof Error) return { ids, error: explained(some) };
		ids.push(...some);
		if (some.length < wanted) break;
	}
	return { ids };
}
