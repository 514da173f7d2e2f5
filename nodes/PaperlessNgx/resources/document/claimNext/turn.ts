import { randomUUID } from 'node:crypto';
import { asError, isPaperlessError, orNothing, PaperlessError } from '../../../../api/errors';
import type { Context } from '../../../../toolkit/operation';

/**
 * The right to act on a queue, which one worker has at a time. The database of the server enforces
 * this: only one correspondent without an owner can have a certain name. The worker that creates
 * the correspondent has the turn until the correspondent is deleted.
 */
export type Turn = {
	/** Of the correspondent. The server never reuses ids, so deleting by it never ends another turn. */
	id: number;
	/** Milliseconds by n8n's clock, from before the correspondent was created */
	since: number;
};

/** Milliseconds. After this, other workers may assume that the holder of a turn has died. */
const abandonedAfter = 5 * 60_000;

const firstPause = 150;
const longestPause = 2_000;
const deletionPauses = [0, 300, 1_200];
const matchesNothing = 0;

/** Whether a request may have succeeded although no valid response arrived. */
export const isUncertain = (error: Error): boolean =>
	isPaperlessError(
		error,
		'interrupted',
		'throttled',
		'unavailable',
		'unexpectedReply',
		'unreachable',
	);

/** Workers may run on several machines, so the clock of the server decides where it is known. */
const sharedTime = ({ api, now }: Context) => api.serverTime ?? now();

type Holder = { id: number; match: string };

/** The holder of the turn. A correspondent with an owner is not a turn and does not block one. */
async function holderOf({ api }: Context, name: string): Promise<Holder | undefined> {
	const { results } = await api.correspondents.page({ name__iexact: name }, 1, 100);
	const holder = results.find((one) => one.name === name && one.owner === null);
	return holder && { id: holder.id, match: String(holder.match) };
}

function ageOf(context: Context, { match }: Holder, name: string): number {
	const begun = Date.parse(/^n8n \S+ (\S+)$/.exec(match)?.[1] ?? '');
	if (!Number.isNaN(begun)) return sharedTime(context) - begun;
	throw new PaperlessError('invalid', `The correspondent “${name}” was not created by n8n`, {
		description: 'Its name keeps workers apart. Rename or delete it in Paperless-ngx.',
	});
}

async function remove({ api }: Context, id: number): Promise<void> {
	await api.correspondents.delete(id).catch(orNothing);
}

/** Whether nobody has the turn. Deletes the turn of a worker that ended in the middle of it. */
export async function isFree(context: Context, name: string): Promise<boolean> {
	const holder = await holderOf(context, name);
	if (holder === undefined) return true;
	// A clock may be a little late, but nobody begins a turn in the distant future.
	if (Math.abs(ageOf(context, holder, name)) < abandonedAfter) return false;
	await remove(context, holder.id);
	return true;
}

/** In a race the server's own check comes too early, and the database objects in other words. */
const isTaken = (error: Error) =>
	isPaperlessError(error, 'invalid') &&
	['name', 'error', 'non_field_errors'].some((field) => field in error.fields);

/**
 * Rejects users who may create correspondents but not delete them, as they would block all other
 * workers. The check deletes the id 0, which no correspondent has.
 */
export const requireDeletion = (context: Context): Promise<void> => remove(context, 0);

/** The id of the new correspondent, or the error if another worker may have the turn. */
async function attempt(context: Context, name: string): Promise<number | Error> {
	const match = `n8n ${randomUUID()} ${new Date(sharedTime(context)).toISOString()}`;
	const draft = { name, match, matching_algorithm: matchesNothing, owner: null };
	try {
		return (await context.api.correspondents.create(draft)).id;
	} catch (thrown) {
		const error = asError(thrown);
		if (isTaken(error)) return error;
		if (!isUncertain(error)) throw error;
		// The answer was lost, or two requests met and the database rejected one of them (500).
		const holder = await holderOf(context, name);
		return holder?.match === match ? holder.id : error;
	}
}

/** Waits for the turn, for the given seconds at most. */
export async function takeTurn(context: Context, name: string, seconds: number): Promise<Turn> {
	const { api, now } = context;
	const deadline = now() + seconds * 1000;
	let pause = firstPause;
	let mayBeFree = true;
	for (;;) {
		const since = now();
		const outcome = mayBeFree ? await attempt(context, name) : undefined;
		if (typeof outcome === 'number') return { id: outcome, since };
		if (now() >= deadline) {
			if (outcome && !isTaken(outcome)) throw outcome;
			throw new PaperlessError('unavailable', 'Other workers are taking from this queue', {
				description: `They held the queue for ${seconds} seconds; nothing was claimed. Run it again, or allow more time under Options → Wait For Turn.`,
			});
		}
		// Random pauses keep waiting workers from returning at the same moment.
		await api.wait(Math.min(pause * (0.5 + Math.random()), Math.max(deadline - now(), 0)));
		pause = Math.min(pause * 1.5, longestPause);
		mayBeFree = await isFree(context, name);
	}
}

/**
 * Ends the turn, and returns whether the worker had it until now. If the correspondent is gone,
 * another worker assumed that this one had died. If the deletion is never confirmed, the
 * correspondent stays and the next worker deletes it as abandoned.
 */
export async function endTurn({ api, now }: Context, { id, since }: Turn): Promise<boolean> {
	const isInTime = now() - since < abandonedAfter;
	for (const pause of deletionPauses) {
		if (pause > 0) await api.wait(pause);
		try {
			await api.correspondents.delete(id);
			return true;
		} catch (thrown) {
			const error = asError(thrown);
			// Only an earlier deletion without an answer can have been made by this worker itself.
			if (isPaperlessError(error, 'notFound')) return pause > 0 && isInTime;
			if (!isUncertain(error)) return isInTime;
		}
	}
	return isInTime;
}
