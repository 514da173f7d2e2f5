import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Case } from './cases.mts';
import type { Figures } from './figures.mts';
import type { Machine } from './machine.mts';
import { isQuiet } from './machine.mts';
import type { Column } from './table.mts';
import { markdownTable, textTable } from './table.mts';
import type { Verdict } from './targets.mts';
import { judge } from './targets.mts';
import { asBytes, asMebibytes, asTime } from './units.mts';

export type Measurement = { case: Case; figures: Figures };
type CaseVerdict = Verdict & { title: string };

const none = '–';
const ratio = (time: number, floor: number | undefined) =>
	floor === undefined ? none : (time / floor).toFixed(2);

const right = (title: string, cell: (figures: Figures) => string): Column<Measurement> => ({
	title,
	align: 'right',
	cell: ({ figures }) => cell(figures),
});

const resultColumns: ReadonlyArray<Column<Measurement>> = [
	{ title: 'Case', align: 'left', cell: (measurement) => measurement.case.title },
	right('Requests', ({ requests }) => String(requests)),
	right('Sent', ({ sent }) => asBytes(sent)),
	right('Received', ({ received }) => asBytes(received)),
	right('Time', ({ time }) => asTime(time)),
	right('Floor', ({ floorTime }) => asTime(floorTime)),
	right('Time ÷ floor', ({ time, floorTime }) => ratio(time, floorTime)),
	right('Floor in n8n', ({ floorInN8nTime }) =>
		floorInN8nTime === undefined ? none : asTime(floorInN8nTime),
	),
	right('Time ÷ floor in n8n', ({ time, floorInN8nTime }) => ratio(time, floorInN8nTime)),
	right('Peak memory', ({ memory }) => asMebibytes(memory)),
	right('Floor of memory', ({ floorMemory }) => asMebibytes(floorMemory)),
];

const marks = { met: '✓', missed: '✗', 'not judged': '?' };
const left = (title: string, cell: (verdict: CaseVerdict) => string): Column<CaseVerdict> => ({
	title,
	align: 'left',
	cell,
});

const targetColumns: ReadonlyArray<Column<CaseVerdict>> = [
	left('Met', ({ state }) => marks[state]),
	left('Case', ({ title }) => title),
	left('Measured', ({ quantity, value }) => `${quantity}: ${value}`),
	left('At most', ({ limit }) => limit),
	left('Reason', ({ reason }) => reason),
];

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

function versionOf(name: string): string {
	const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const busyness = ({ processors, busyBefore, busyAfter }: Machine) =>
	`Other programs used ${percent(busyBefore)} of the ${processors} processors before the measurements and ${percent(busyAfter)} after them.`;

const notJudged =
	'On a machine as busy as this one, targets for a time are not judged (“?”) when they are missed.';

const markdownOf = (
	measurements: readonly Measurement[],
	verdicts: readonly CaseVerdict[],
	machine: Machine,
): string => `# Results

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} with Node.js ${process.versions.node} and n8n-core ${versionOf('n8n-core')}. ${busyness(machine)}

${markdownTable(resultColumns, measurements)}

## The columns

- **Requests**, **Sent** and **Received** count what the node exchanges with Paperless-ngx when it runs for the first time in a fresh process. Bytes include headers. In this run the node also asks for the server's version if it needs it.
- **Time** is the time from the start of the node until its items are in n8n: the median of several runs after that first run. Triggers are measured once, in that first run. A real server takes much longer to answer than the sandbox does, so the times show the cost of n8n and the node alone.
- **Floor** is the time of a short program that gets the same result without n8n. It uses undici, keeps connections open, and sends as few requests as the server allows, as many as possible at once. All sides run in turns and must return the same result.
- **Floor in n8n** is the time of the smallest node that gets the same result in n8n. It sends the floor's requests with n8n's own HTTP helper and returns the items to n8n. Both sides therefore include the work that n8n does itself: it opens and authenticates a new connection for every request, and it takes over every item.
- **Peak memory** is the highest memory (RSS) of the process during the first run, less its memory at rest with n8n-core and the node loaded. For 1 GiB it is the median of three such runs. **Floor of memory** is the same for the program without n8n.

## The cases

- The built node runs in a real n8n-core against the sandbox (Paperless-ngx 3.0). Node, floors, server and proxy are separate processes. The proxy counts the bytes.
- A list runs five times in a row per measurement, so the cost of garbage collection is spread evenly over all sides.
- Files of 1 GiB lie in n8n's filesystem binary mode. Their server keeps no byte. Each of three runs starts fresh processes, which first transfer 1 MiB. Node.js lets about 64 MiB of used buffers accumulate before it frees them, so even the floor needs that much. Both sides run with options of V8 and of the C library by which this happens at exactly this point. Otherwise the peak depends on how busy the processors are.
- A separate process sends the burst of webhooks at once, each over its own connection. **Time** is the time until the last workflow could start. A real server sends one webhook after the other.

## Targets

${markdownTable(targetColumns, verdicts)}
${isQuiet(machine) ? '' : `\n${notJudged}\n`}`;

const textOf = (
	measurements: readonly Measurement[],
	verdicts: readonly CaseVerdict[],
	machine: Machine,
): string =>
	[
		textTable(resultColumns, measurements),
		textTable(targetColumns, verdicts),
		[busyness(machine), ...(isQuiet(machine) ? [] : [notJudged])].join('\n'),
	].join('\n\n');

/** The tables for people, and whether no target was missed. */
export function reportOf(
	measurements: readonly Measurement[],
	machine: Machine,
): { text: string; markdown: string; passed: boolean } {
	const verdicts = measurements.flatMap(({ case: { targets, title }, figures }) =>
		targets.map((target) => ({ title, ...judge(target, figures, isQuiet(machine)) })),
	);
	return {
		text: textOf(measurements, verdicts, machine),
		markdown: markdownOf(measurements, verdicts, machine),
		passed: verdicts.every(({ state }) => state !== 'missed'),
	};
}
