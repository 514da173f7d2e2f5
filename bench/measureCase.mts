import type { Sandbox } from '../test/support/sandbox.mts';
import type { Case } from './cases.mts';
import type { Figures } from './figures.mts';
import type { LargeFiles } from './largeFiles.mts';
import type { Server } from './servers.mts';
import type { Sides } from './sides.mts';
import { startSides, stopSides } from './sides.mts';
import type { Measured, Setting } from './task.mts';

/** One turn of every side. */
type Round = { n8n: Measured; floor: Measured; floorInN8n?: Measured };

/** The first measured round in fresh processes. */
type FirstRound = {
	round: Round;
	traffic: Pick<Figures, 'requests' | 'sent' | 'received'>;
	memory: number;
	floorMemory: number;
};

const median = (values: readonly number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function checkSummaries(name: string, { n8n, ...floors }: Round): void {
	for (const [side, { summary }] of Object.entries(floors)) {
		if (summary === n8n.summary) continue;
		throw new Error(`${name}: n8n returned ${n8n.summary}, but ${side} returned ${summary}`);
	}
}

class CaseRunner {
	private readonly bench: Case;
	private readonly server: Server;
	private readonly sides: Sides;

	constructor(bench: Case, server: Server, folder: string) {
		this.bench = bench;
		this.server = server;
		this.sides = startSides(bench, folder);
	}

	/** Loads code and activates triggers. The results are not compared. */
	async warmUp(setting: Setting): Promise<void> {
		for (const side of Object.values(this.sides)) {
			await side.call('measure', this.bench.name, 0, setting, 1);
		}
	}

	async round(run: number, setting: Setting, repeats = this.bench.repeats ?? 1): Promise<Round> {
		const { n8n, floor, floorInN8n } = this.sides;
		const values = [this.bench.name, run, setting, repeats] as const;
		const round: Round = {
			n8n: await n8n.call('measure', ...values),
			floor: await floor.call('measure', ...values),
			...(floorInN8n && { floorInN8n: await floorInN8n.call('measure', ...values) }),
		};
		checkSummaries(this.bench.name, round);
		return round;
	}

	async firstRound(setting: Setting): Promise<FirstRound> {
		const { proxy, forget, requests } = this.server;
		const { n8n, floor } = this.sides;
		const idle = await n8n.call('restingMemory');
		const floorIdle = await floor.call('restingMemory');
		await forget();
		await proxy.call('forget');
		const values = [this.bench.name, 0, setting, 1] as const;
		const measured = await n8n.call('measure', ...values);
		const traffic = { ...(await proxy.call('counts')), requests: await requests() };
		const round = { n8n: measured, floor: await floor.call('measure', ...values) };
		checkSummaries(this.bench.name, round);
		return {
			round,
			traffic,
			memory: round.n8n.peak - idle,
			floorMemory: round.floor.peak - floorIdle,
		};
	}

	async stop(): Promise<void> {
		await stopSides(this.sides);
	}
}

type Surroundings = { archive: Sandbox; ids: number[]; files: LargeFiles; folder: string };

/** Runs every side of a case in turns and returns the figures. Throws if their results differ. */
export async function measureCase(
	bench: Case,
	server: Server,
	{ archive, ids, files, folder }: Surroundings,
): Promise<Figures> {
	const { url, token } = server;
	const setting: Setting = { url, token, ids, folder, largeFile: files.large };
	const firstRounds: FirstRound[] = [];
	const laterRounds: Round[] = [];

	const inFreshProcesses = async (work: (runner: CaseRunner) => Promise<void>) => {
		const runner = new CaseRunner(bench, server, folder);
		try {
			await work(runner);
		} finally {
			await runner.stop();
		}
	};

	if (bench.server === 'largeFiles') {
		for (let run = 0; run < bench.runs; run += 1) {
			await inFreshProcesses(async (runner) => {
				// The peak then shows what 1 GiB adds to the loaded code.
				await runner.warmUp({ ...setting, largeFile: files.small });
				firstRounds.push(await runner.firstRound(setting));
			});
		}
	} else {
		await inFreshProcesses(async (runner) => {
			if (bench.afterActivation) {
				await runner.warmUp(setting);
				await bench.afterActivation(archive);
			}
			firstRounds.push(await runner.firstRound(setting));
			for (let run = 1; run <= bench.runs; run += 1) {
				laterRounds.push(await runner.round(run, setting));
			}
		});
	}

	const [first] = firstRounds;
	if (!first) throw new Error(`${bench.name} has no runs`);
	const timed = laterRounds.length > 0 ? laterRounds : firstRounds.map(({ round }) => round);
	const medianOf = (side: keyof Round) => median(timed.map((round) => round[side]?.time ?? NaN));
	return {
		...first.traffic,
		time: medianOf('n8n'),
		floorTime: medianOf('floor'),
		floorInN8nTime: bench.floorInN8n ? medianOf('floorInN8n') : undefined,
		memory: median(firstRounds.map(({ memory }) => memory)),
		floorMemory: median(firstRounds.map(({ floorMemory }) => floorMemory)),
		extras: first.round.n8n.extras,
	};
}
