import type { Figures } from './figures.mts';
import { asBytes, asMebibytes, asRatio, asTime, mebibyte } from './units.mts';

export type Target = {
	/** Names the measured quantity in the report, such as “requests”. */
	quantity: string;
	measured: (figures: Figures) => number;
	/** The highest value that meets the target. */
	limit: (figures: Figures) => number;
	show: (value: number) => string;
	reason?: (figures: Figures) => string;
	/** A time depends on the machine, so it is judged on a quiet machine only. */
	isTime?: true;
};

export type Verdict = {
	quantity: string;
	value: string;
	limit: string;
	reason: string;
	state: 'met' | 'missed' | 'not judged';
};

export function judge(target: Target, figures: Figures, quiet: boolean): Verdict {
	const { quantity, show, reason, isTime } = target;
	const value = target.measured(figures);
	const limit = target.limit(figures);
	const state = value <= limit ? 'met' : isTime && !quiet ? 'not judged' : 'missed';
	const words = reason?.(figures) ?? '';
	return { quantity, value: show(value), limit: show(limit), reason: words, state };
}

export const requestsAtMost = (most: number, reason = ''): Target => ({
	quantity: 'requests',
	measured: ({ requests }) => requests,
	limit: () => most,
	show: String,
	reason: () => reason,
});

export const receivedAtMost = (most: number): Target => ({
	quantity: 'received',
	measured: ({ received }) => received,
	limit: () => most,
	show: asBytes,
});

const memoryAllowance = 16 * mebibyte;

/** A fixed limit would measure how late V8 collects buffers. The floor streams through the same V8. */
export const memoryNearFloor: Target = {
	quantity: 'peak memory',
	measured: ({ memory }) => memory,
	limit: ({ floorMemory }) => floorMemory + memoryAllowance,
	show: asMebibytes,
	reason: ({ floorMemory }) =>
		`floor of ${asMebibytes(floorMemory)} + ${asMebibytes(memoryAllowance)}`,
};

export const timeNearFloorInN8n = (most: number): Target => ({
	quantity: 'time ÷ floor in n8n',
	measured: ({ time, floorInN8nTime = Number.NaN }) => time / floorInN8nTime,
	limit: () => most,
	show: asRatio,
	isTime: true,
});

/** A target for a figure that only this case has. */
const extraAtMost = (
	quantity: string,
	name: string,
	most: number,
	show: Target['show'],
): Target => ({
	quantity,
	measured: ({ extras }) => extras[name] ?? Number.NaN,
	limit: () => most,
	show,
});

export const countAtMost = (quantity: string, name: string, most: number): Target =>
	extraAtMost(quantity, name, most, String);

export const bytesAtMost = (quantity: string, name: string, most: number): Target =>
	extraAtMost(quantity, name, most, asBytes);

export const timeAtMost = (quantity: string, name: string, most: number): Target => ({
	...extraAtMost(quantity, name, most, asTime),
	isTime: true,
});
