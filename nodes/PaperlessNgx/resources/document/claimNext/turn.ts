import { randomUUID } from 'node:crypto';
import { asError, orNothing, PaperlessError } from '../../../../api/errors';
import type { Context } from '../../../../toolkit/operation';

/**
 * One worker at a time, by a rule of the server: an ownerless correspondent of a name exists once,
 * which its database itself enforces. Whoever could create it has the turn until it is deleted.
 */
export type Turn = {
	/** Never used again by the server, so deleting by it never hits somebody else's turn. */
	id: number;
	/** By n8n's clock, from before the correspondent was created; milliseconds. */
	since: number;
};

/** From then on others may take it that the worker is no more. */
const abandonedAfter = 5 * 60_000;

const firstPause = 150;
const longestPause = 2_000;
const deletionPauses = [0, 300, 1_200];
const matchesNothing = 0;

/** It may have happened although no good answer came. */
export const uncertain = (error: Error): boolean =>
	error instanceof PaperlessError &&
	['interrupted', 'throttled', 'unavailable', 'unexpectedReply', 'unreachable'].includes(
		error.kind,
	);

const clock = ({ api, now }: Context) => api.serverTime ?? now();

type Holder = { id: number; match: string };

/** Whose turn it is. A correspondent of that name with an owner is no turn, and none in its way. */
async function holderOf({ api }: Context, name: string): Promise<Holder | undefined> {
	const { results } = await api.correspondents.page({ name__iexact: name }, 1, 100);
	const holder = results.find((one) => one.name === name && one.owner === null);
	return holder && { id: holder.id, match: String(holder.match) };
}

function ageOf(context: Context, { match }: Holder, name: string): number {
	const begun = Date.parse(/^n8n \S+ (\S+)$/.exec(match)?.[1] ?? '');
	if (!Number.isNaN(begun)) return clock(context) - begun;
	throw new PaperlessError('invalid', `There is a correspondent “${name}” that is none of n8n’s`, {
		description: 'Its name is what keeps two workers apart. Rename or delete it in Paperless-ngx.',
	});
}

async function remove({ api }: Context, id: number): Promise<void> {
	await api.correspondents.delete(id).catch(orNothing);
}

/** Deletes what a worker left behind that ended amid its turn; true where nobody has the turn now. */
export async function isFree(context: Context, name: string): Promise<boolean> {
	const holder = await holderOf(context, name);
	if (holder === undefined) return true;
	if (ageOf(context, holder, name) < abandonedAfter) return false;
	await remove(context, holder.id);
	return true;
}

/** In a race the server's own look comes too early, and its database objects in other words. */
const isTaken = (error: Error) =>
	error instanceof PaperlessError &&
	error.kind === 'invalid' &&
	['name', 'error', 'non_field_errors'].some((field) => field in error.fields);

/** Who may add but not delete would keep everybody else waiting; nothing has the ID 0. */
export const requireDeletion = async (context: Context): Promise<void> => await remove(context, 0);

/** The id of the new correspondent, or why there is none. */
async function attempt(context: Context, name: string): Promise<number | Error> {
	const match = `n8n ${randomUUID()} ${new Date(clock(context)).toISOString()}`;
	const draft = { name, match, matching_algorithm: matchesNothing, owner: null };
	try {
		return (await context.api.correspondents.create(draft)).id;
	} catch (thrown) {
		const error = asError(thrown);
		if (isTaken(error)) return error;
		if (!uncertain(error)) throw error;
		// The answer was lost, or two came at the same moment and the database refused one (500).
		const holder = await holderOf(context, name);
		return holder?.match === match ? holder.id : error;
	}
}

/** Waits for the turn, at most so many seconds. */
export async function takeTurn(context: Context, name: string, seconds: number): Promise<Turn> {
	const { api, now } = context;
	const deadline = now() + seconds * 1000;
	let pause = firstPause;
	let free = true;
	for (;;) {
		const since = now();
		const outcome = free ? await attempt(context, name) : undefined;
		if (typeof outcome === 'number') return { id: outcome, since };
		if (now() >= deadline) {
			if (outcome && !isTaken(outcome)) throw outcome;
			throw new PaperlessError('unavailable', 'Other workers are taking from this queue', {
				description: `The turn did not come within ${seconds} seconds; nothing was claimed. Run it again, or allow more time under Options → Wait For Turn.`,
			});
		}
		// By chance, so that those who wait do not all come back at the same moment.
		await api.wait(Math.min(pause * (0.5 + Math.random()), Math.max(deadline - now(), 0)));
		pause = Math.min(pause * 1.5, longestPause);
		free = await isFree(context, name);
	}
}

/**
 * Whether the turn was kept until now. When the correspondent is gone already, somebody took the
 * worker for dead; without an answer it stays and is deleted by the next one as abandoned.
 */
export async function endTurn({ api, now }: Context, { id, since }: Turn): Promise<boolean> {
	const inTime = now() - since < abandonedAfter;
	for (const pause of deletionPauses) {
		if (pause > 0) await api.wait(pause);
		try {
			await api.correspondents.delete(id);
			return true;
		} catch (thrown) {
			const gone = thrown instanceof PaperlessError && thrown.kind === 'notFound';
			// Only after a deletion without an answer may it have been this very worker.
			if (gone) return pause > 0 && inTime;
			if (!uncertain(asError(thrown))) return inTime;
		}
	}
	return inTime;
}
