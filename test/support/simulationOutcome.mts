import type { Profile } from './sandbox.mts';

const wholeNumber = (name: string, fallback: number) => Number(process.env[name] ?? fallback);

export const steps = wholeNumber('SIMULATION_STEPS', 60);
/** The number of documents at the start; by default a random number up to twelve. */
export const documentsAtStart = process.env.SIMULATION_DOCUMENTS;
const replayed = process.env.SIMULATION_SEED;

/** `SIMULATION_SEEDS` seeds from `SIMULATION_FIRST` on, or only `SIMULATION_SEED`, to replay it. */
export const seeds: number[] = replayed
	? [Number(replayed)]
	: Array.from(
			{ length: wholeNumber('SIMULATION_SEEDS', 6) },
			(_, index) => wholeNumber('SIMULATION_FIRST', 1) + index,
		);

/** Every sixth seed is played on the oldest server, the others on the newest. */
export const profileFor = (seed: number): Profile =>
	(process.env.SIMULATION_PROFILE as Profile | undefined) ?? (seed % 6 === 0 ? '2.15.3' : '3.0.5');

/** Generous: a history of 60 steps takes about two seconds. */
export const timeLimit = 30_000 + steps * 1000 + Number(documentsAtStart ?? 0) * 10;

/** The result of a history. Events are listed by id. */
export type Outcome = {
	seed: number;
	profile: Profile;
	expected: number;
	emitted: number;
	/** Emitted again after a crash, with the same ids. */
	emittedAgain: number;
	failedPolls: number;
	lost: string[];
	repeated: string[];
	/** Reported although it did not happen, or happened before the start. */
	unfounded: string[];
	webhooks: WebhookOutcome;
	history: string[];
};

/** The additions that both triggers report, before and after duplicates are removed by id. */
export type WebhookOutcome = {
	expected: number;
	/** Files that became documents; the server delivers each of them. */
	consumed: number;
	/** Calls that reached n8n, and calls that ended as a failed execution. */
	arrived: number;
	failed: number;
	emittedByBoth: number;
	joined: number;
	lost: string[];
	repeated: string[];
	unfounded: string[];
};

/** All defects, with the history that led to them; empty when there are none. */
export function complaint({ seed, profile, history, webhooks, ...polling }: Outcome): string {
	const found = Object.entries({ polling, 'with webhooks': webhooks }).flatMap(
		([of, { lost, repeated, unfounded }]) =>
			Object.entries({ lost, repeated, unfounded })
				.filter(([, all]) => all.length > 0)
				.map(([name, all]) => `${of}, ${name}: ${all.join(', ')}`),
	);
	if (found.length === 0) return '';
	const size = documentsAtStart ? ` SIMULATION_DOCUMENTS=${documentsAtStart}` : '';
	const replay = `Seed ${seed} on ${profile}; replay it with SIMULATION_SEED=${seed} SIMULATION_STEPS=${steps}${size}`;
	return [replay, ...found, ...history].join('\n');
}

/** Writes the sums of all histories to the log. */
export function logTotals(outcomes: readonly Outcome[]): void {
	const sum = (count: (outcome: Outcome) => number) =>
		outcomes.reduce((total, outcome) => total + count(outcome), 0);
	const ofBoth = (count: (webhooks: WebhookOutcome) => number) =>
		sum(({ webhooks }) => count(webhooks));
	process.stdout.write(
		`Simulation: ${outcomes.length} histories of ${steps} steps, ${sum(({ failedPolls }) => failedPolls)} failed polls; ` +
			`events expected ${sum(({ expected }) => expected)}, emitted ${sum(({ emitted }) => emitted)} (${sum(({ emittedAgain }) => emittedAgain)} again after a crash), ` +
			`lost ${sum(({ lost }) => lost.length)}, repeated ${sum(({ repeated }) => repeated.length)}, ` +
			`unfounded ${sum(({ unfounded }) => unfounded.length)}\n` +
			`With webhooks: ${ofBoth(({ consumed }) => consumed)} files consumed, ${ofBoth(({ arrived }) => arrived)} calls arrived, ${ofBoth(({ failed }) => failed)} failed executions; ` +
			`additions expected ${ofBoth(({ expected }) => expected)}, emitted by both ${ofBoth(({ emittedByBoth }) => emittedByBoth)}, ` +
			`joined by event_id ${ofBoth(({ joined }) => joined)}, lost ${ofBoth(({ lost }) => lost.length)}, ` +
			`repeated ${ofBoth(({ repeated }) => repeated.length)}, unfounded ${ofBoth(({ unfounded }) => unfounded.length)}\n`,
	);
}
