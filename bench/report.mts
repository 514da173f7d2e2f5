import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Bar, Case, Figures } from './cases.mts';

export type Measurement = { case: Case; figures: Figures };
type Verdict = { text: string; met: boolean; counts: boolean };

const bytes = (count: number): string => {
	if (count >= 1e9) return `${(count / 1e9).toFixed(2)} GB`;
	if (count >= 1e6) return `${(count / 1e6).toFixed(2)} MB`;
	return `${(count / 1e3).toFixed(1)} kB`;
};
const mebibytes = (count: number) => `${(count / 1024 ** 2).toFixed(0)} MiB`;
const time = (milliseconds: number): string =>
	milliseconds >= 1000
		? `${(milliseconds / 1000).toFixed(2)} s`
		: `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;

const columns: ReadonlyArray<[title: string, cell: (measurement: Measurement) => string]> = [
	['Case', ({ case: { title } }) => title],
	['Requests', ({ figures }) => String(figures.requests)],
	['Sent', ({ figures }) => bytes(figures.sent)],
	['Received', ({ figures }) => bytes(figures.received)],
	['Wall time', ({ figures }) => time(figures.time)],
	['Floor', ({ figures }) => time(figures.floor)],
	['Ratio', ({ figures }) => (figures.time / figures.floor).toFixed(2)],
	['Peak RSS above idle', ({ figures }) => mebibytes(figures.memory)],
];

export function table(measurements: readonly Measurement[], markdown = false): string {
	const rows = [
		columns.map(([title]) => title),
		...measurements.map((measurement) => columns.map(([, cell]) => cell(measurement))),
	];
	const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
	const lines = rows.map((row) =>
		row.map((cell, at) =>
			at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
		),
	);
	const rule = widths.map((width, at) => '-'.repeat(at === 0 || !markdown ? width : width - 1));
	if (!markdown)
		return [lines[0], rule, ...lines.slice(1)].map((cells) => cells?.join('  ')).join('\n');
	const aligned = rule.map((dashes, at) => (at === 0 ? dashes : `${dashes}:`));
	return [lines[0], aligned, ...lines.slice(1)]
		.map((cells) => `| ${cells?.join(' | ')} |`)
		.join('\n');
}

function verdict(title: string, bar: Bar, figures: Figures): Verdict {
	const value = bar.measured(figures);
	const met = bar.exclusive ? value < bar.most : value <= bar.most;
	const limit = `${bar.exclusive ? 'under' : 'at most'} ${bar.show(bar.most)}`;
	const beside = bar.floor ? ` (the floor: ${bar.floor(figures)})` : '';
	const text = `${met ? '✓' : '✗'} ${title}: ${bar.show(value)} ${bar.what}, ${limit} wanted${beside}`;
	return { text, met, counts: bar.onlyTold !== true };
}

export const verdicts = (measurements: readonly Measurement[]): Verdict[] =>
	measurements.flatMap(({ case: { bars, title }, figures }) =>
		bars.map((bar) => verdict(title, bar, figures)),
	);

function versionOf(name: string): string {
	const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

export const markdown = (measurements: readonly Measurement[]): string =>
	`# Figures

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} with Node.js ${process.versions.node} and n8n-core ${versionOf('n8n-core')}.

${table(measurements, true)}

- Each case runs the built node in a real n8n-core against the sandbox (Paperless-ngx 3.0), both in processes of their own, through a proxy that counts bytes. The cases of 1 GiB run in n8n's filesystem binary mode against a server that keeps no byte.
- *Floor* is the same result by undici without n8n: connections kept open, as few requests as the server allows, all that can be at once. Both sides must come to the same result.
- Times are medians of three runs after one that is not timed, taken in turns with the floor; 1 GiB runs once. The sandbox answers in a fraction of the time that a real server takes, so the ratios show what n8n and the node cost by themselves.
- Requests and bytes, headers included, are those of the first run in a fresh process, which asks for the server's version where it needs it. *Idle* is that process with n8n-core and the node loaded and garbage collected, for 1 GiB after the same with 1 MiB; the peak is the highest of all runs. What streams through Node.js leaves buffers behind that are collected once there are some 64 MiB of them, which shows in the floor as well.
- The burst of webhooks is sent all at once by a process of its own, a connection each. *Wall time* is until the last workflow could start; a real server sends one after the other.

## To reach

${verdicts(measurements)
	.map(({ text }) => `- ${text}`)
	.join('\n')}
`;
